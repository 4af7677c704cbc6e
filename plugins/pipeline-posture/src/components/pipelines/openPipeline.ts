/** What an address says of the pipeline that is open beside a list. */
export interface OpenPipeline {
  pipeline: string;
  finding: string;
}
