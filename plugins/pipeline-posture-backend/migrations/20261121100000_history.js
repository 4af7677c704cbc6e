// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('org', table => {
    table.comment('What is above a group or a system in the catalog');
    table.string('ref', 768).primary();
    table.string('parent', 768).nullable();
  });

  await knex.schema.createTable('changes', table => {
    table.comment('Append only: what changed, and why');
    table.increments('id');
    table.string('event_id').notNullable();
    table.string('at').notNullable();
    table.string('pipeline_id', 768).notNullable();
    table.string('cause').notNullable();
    table.text('transitions').notNullable();
    table.integer('score_before').nullable();
    table.integer('score_after').nullable();
    table.integer('grade_before').nullable();
    table.integer('grade_after').nullable();
    table.integer('compliance_before').nullable();
    table.integer('compliance_after').nullable();
    table.string('rubric').notNullable();
    table.unique(['event_id', 'cause'], { indexName: 'changes_event_idx' });
    table.index(['pipeline_id', 'id'], 'changes_pipeline_idx');
    table.index(['at'], 'changes_at_idx');
  });

  await knex.schema.createTable('posture_daily', table => {
    table.comment('One row for each day on which something was read');
    table.string('subject', 768).notNullable();
    table.string('day', 10).notNullable();
    table.integer('score').notNullable();
    table.integer('grade').notNullable();
    table.integer('compliance').notNullable();
    table.integer('failing').notNullable();
    table.integer('unknown').notNullable();
    table.primary(['subject', 'day']);
    table.index(['day'], 'posture_daily_day_idx');
  });

  await knex.schema.createTable('exemptions', table => {
    table.comment(
      'Requests to tolerate a finding for a time, and what became of them',
    );
    table.string('id').primary();
    table.string('control_id').notNullable();
    table.string('pipeline_id', 768).nullable();
    table.string('entity_ref', 768).nullable();
    table.string('type').notNullable();
    table.text('reason').notNullable();
    table.text('mitigation').nullable();
    table.string('until').notNullable();
    table.string('state').notNullable();
    table.string('requested_by', 768).notNullable();
    table.string('requested_at').notNullable();
    table.string('decided_by', 768).nullable();
    table.string('decided_at').nullable();
    table.integer('reminded_days').nullable();
    table.index(['state', 'until'], 'exemptions_state_idx');
    table.index(['control_id', 'state'], 'exemptions_control_idx');
    table.index(['pipeline_id'], 'exemptions_pipeline_idx');
    table.index(['entity_ref'], 'exemptions_entity_idx');
  });

  await knex.schema.createTable('exemption_pipelines', table => {
    table.comment(
      'Pipelines that an approved exemption covers, each with what was observed at the approval',
    );
    table
      .string('exemption_id')
      .notNullable()
      .references('id')
      .inTable('exemptions')
      .onDelete('CASCADE');
    table.string('pipeline_id', 768).notNullable();
    table.string('control_id').notNullable();
    table.string('fingerprint').notNullable();
    table.primary(['pipeline_id', 'control_id', 'exemption_id']);
    table.index(['exemption_id'], 'exemption_pipelines_exemption_idx');
  });

  await knex.schema.createTable('exemption_events', table => {
    table.comment('Append only: everything that happened to an exemption');
    table.increments('id');
    table
      .string('exemption_id')
      .notNullable()
      .references('id')
      .inTable('exemptions')
      .onDelete('CASCADE');
    table.string('at').notNullable();
    table.string('what').notNullable();
    table.string('by', 768).nullable();
    table.text('comment').nullable();
    table.index(['exemption_id', 'id'], 'exemption_events_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'exemption_events',
    'exemption_pipelines',
    'exemptions',
    'posture_daily',
    'changes',
    'org',
  ]) {
    await knex.schema.dropTable(table);
  }
};
