// @ts-check

/**
 * Times are ISO 8601 texts in UTC, so that both databases sort and compare them alike.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('sources', table => {
    table.comment(
      'Configured sources; a row is locked while scopes of it are claimed',
    );
    table.string('key').primary();
    table.string('provider').notNullable();
    table.string('source_id').notNullable();
    table.string('title').notNullable();
    table.text('problems').notNullable().defaultTo('[]');
    table.string('discovered_at').nullable();
  });

  await knex.schema.createTable('scopes', table => {
    table.comment('Units of collection with their schedule and lease');
    table.string('key').primary();
    table.string('provider').notNullable();
    table.string('scope_id').notNullable();
    table.string('source_key').notNullable();
    table.string('title').notNullable();
    table.string('next_run_at').notNullable();
    table.string('lease_owner').nullable();
    table.string('lease_until').nullable();
    table.string('last_run_id').nullable();
    table.string('last_good_run_at').nullable();
    table.integer('failures').notNullable().defaultTo(0);
    table.string('gone_at').nullable();
    table.index(['source_key', 'next_run_at'], 'scopes_due_idx');
  });

  await knex.schema.createTable('runs', table => {
    table.comment('Every run over a scope, also the failed ones');
    table.string('id').primary();
    table.string('scope_key').notNullable();
    table.string('status').notNullable();
    table.string('trigger').notNullable();
    table.string('started_at').notNullable();
    table.string('finished_at').nullable();
    table.integer('pipelines_done').notNullable().defaultTo(0);
    table.integer('pipelines_total').nullable();
    table.text('problems').notNullable().defaultTo('[]');
    table.text('error').nullable();
    table.index(['scope_key', 'started_at'], 'runs_scope_idx');
    table.index(['started_at'], 'runs_started_idx');
  });

  await knex.schema.createTable('checkpoints', table => {
    table.comment(
      'What providers remember so that what did not change costs no call',
    );
    table.string('scope_key').notNullable();
    table.string('key', 512).notNullable();
    table.string('marker', 512).notNullable();
    table.text('value').notNullable();
    table.primary(['scope_key', 'key']);
  });

  await knex.schema.createTable('pipelines', table => {
    table.comment('The latest snapshot and posture of each pipeline');
    table.string('id', 768).primary();
    table.string('scope_key').notNullable();
    table.string('provider').notNullable();
    table.string('name', 512).notNullable();
    table.text('search').notNullable();
    table.string('kind').notNullable();
    table.text('url').notNullable();
    table.text('snapshot').notNullable();
    table.string('snapshot_hash').notNullable();
    table.text('keys').notNullable();
    table.text('posture').notNullable();
    table.text('results').notNullable();
    table.string('rubric').notNullable();
    table.string('reaches').notNullable();
    table.integer('score').notNullable();
    table.integer('potential').notNullable();
    table.integer('coverage').notNullable();
    table.integer('grade').notNullable();
    table.integer('compliance').notNullable();
    table.integer('failing').notNullable();
    table.integer('unknown').notNullable();
    table.string('collected_at').notNullable();
    table.string('run_id').notNullable();
    table.string('stale_since').nullable();
    table.boolean('expired').notNullable().defaultTo(false);
    table.string('gone_at').nullable();
    table.index(['scope_key'], 'pipelines_scope_idx');
    table.index(['stale_since'], 'pipelines_stale_idx');
    table.index(['score', 'id'], 'pipelines_score_idx');
    table.index(['grade', 'id'], 'pipelines_grade_idx');
    table.index(['name', 'id'], 'pipelines_name_idx');
  });

  await knex.schema.createTable('findings', table => {
    table.comment('Latest results that are not plainly passing');
    table
      .string('pipeline_id', 768)
      .notNullable()
      .references('id')
      .inTable('pipelines')
      .onDelete('CASCADE');
    table.string('control_id').notNullable();
    table.string('status').notNullable();
    table.string('severity').notNullable();
    table.integer('severity_rank').notNullable();
    table.string('dimension').notNullable();
    table.text('finding').notNullable();
    table.string('since').notNullable();
    table.primary(['pipeline_id', 'control_id']);
    table.index(['control_id', 'status'], 'findings_control_idx');
    table.index(['status', 'severity_rank'], 'findings_severity_idx');
  });

  await knex.schema.createTable('pipeline_keys', table => {
    table.comment('What entities can point at a pipeline by');
    table
      .string('pipeline_id', 768)
      .notNullable()
      .references('id')
      .inTable('pipelines')
      .onDelete('CASCADE');
    table.string('key', 768).notNullable();
    table.primary(['key', 'pipeline_id']);
    table.index(['pipeline_id'], 'pipeline_keys_pipeline_idx');
  });

  await knex.schema.createTable('identity_pipelines', table => {
    table.comment('Which pipelines can act as which identity, over all scopes');
    table.string('identity_id', 768).notNullable();
    table
      .string('pipeline_id', 768)
      .notNullable()
      .references('id')
      .inTable('pipelines')
      .onDelete('CASCADE');
    table.string('tiers').notNullable();
    table.primary(['identity_id', 'pipeline_id']);
    table.index(['pipeline_id'], 'identity_pipelines_pipeline_idx');
  });

  await knex.schema.createTable('entities', table => {
    table.comment(
      'Catalog entities that point at pipelines, with their posture',
    );
    table.string('entity_ref', 768).primary();
    table.string('kind').notNullable();
    table.string('title', 512).nullable();
    table.string('owner', 768).nullable();
    table.string('system', 768).nullable();
    table.string('lifecycle').nullable();
    table.string('links_hash').notNullable();
    table.boolean('dirty').notNullable().defaultTo(true);
    table.integer('score').nullable();
    table.integer('grade').nullable();
    table.integer('compliance').nullable();
    table.text('posture').nullable();
    table.integer('label_seq').nullable();
    table.boolean('gone').notNullable().defaultTo(false);
    table.index(['dirty'], 'entities_dirty_idx');
    table.index(['label_seq'], 'entities_label_idx');
    table.index(['owner'], 'entities_owner_idx');
    table.index(['system'], 'entities_system_idx');
  });

  await knex.schema.createTable('entity_targets', table => {
    table.comment(
      'Keys that a pipeline must have to belong to an entity; all of one group',
    );
    table
      .string('entity_ref', 768)
      .notNullable()
      .references('entity_ref')
      .inTable('entities')
      .onDelete('CASCADE');
    table.integer('group_no').notNullable();
    table.integer('group_size').notNullable();
    table.string('key', 768).notNullable();
    table.primary(['entity_ref', 'group_no', 'key']);
    table.index(['key'], 'entity_targets_key_idx');
  });

  await knex.schema.createTable('entity_pipelines', table => {
    table.comment('Which pipelines belong to which entity');
    table
      .string('entity_ref', 768)
      .notNullable()
      .references('entity_ref')
      .inTable('entities')
      .onDelete('CASCADE');
    table
      .string('pipeline_id', 768)
      .notNullable()
      .references('id')
      .inTable('pipelines')
      .onDelete('CASCADE');
    table.primary(['entity_ref', 'pipeline_id']);
    table.index(['pipeline_id'], 'entity_pipelines_pipeline_idx');
  });

  await knex.schema.createTable('counters', table => {
    table.comment('Sequences whose order is the order of commits');
    table.string('name').primary();
    table.integer('value').notNullable();
  });
  await knex('counters').insert({ name: 'labels', value: 0 });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'counters',
    'entity_pipelines',
    'entity_targets',
    'entities',
    'identity_pipelines',
    'pipeline_keys',
    'findings',
    'pipelines',
    'checkpoints',
    'runs',
    'scopes',
    'sources',
  ]) {
    await knex.schema.dropTable(table);
  }
};
