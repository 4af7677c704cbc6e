import { PipelineQuery } from 'backstage-plugin-pipeline-posture-common';

/** The part of a question that is about which pipelines, not how they are listed. */
export const withoutPaging = ({
  sort: _sort,
  order: _order,
  page: _page,
  size: _size,
  ...query
}: PipelineQuery): PipelineQuery => query;
