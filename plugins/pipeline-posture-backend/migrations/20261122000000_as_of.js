// @ts-check

const DAY = () => new Date().toISOString().slice(0, 10);

/** Columns that a row of today and a row of the past share. @param {import('knex').Knex.CreateTableBuilder} table */
const interval = table => {
  table.string('from_day', 10).notNullable();
  table.string('until_day', 10).notNullable();
};

/**
 * Days are UTC. A row of the past was in force at the end of every day from `from_day` to before `until_day`;
 * a row of today is in force since `valid_from`.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const today = DAY();
  await knex.schema.alterTable('pipelines', table => {
    table.string('valid_from', 10).notNullable().defaultTo(today);
    table.binary('outcome').nullable();
    table.text('changers').nullable();
    table.index(['valid_from'], 'pipelines_valid_idx');
  });
  for (const name of ['findings', 'entities', 'entity_pipelines', 'org']) {
    await knex.schema.alterTable(name, table => {
      table.string('valid_from', 10).notNullable().defaultTo(today);
    });
  }
  await knex.schema.alterTable('entities', table => {
    table.integer('version').notNullable().defaultTo(0);
    table.index(['version'], 'entities_version_idx');
  });
  await knex.schema.alterTable('scopes', table => {
    table.integer('content_seq').notNullable().defaultTo(0);
  });
  // A row now stands for all days from `day` to `last_day`: most days are as the day before.
  await knex.schema.alterTable('posture_daily', table => {
    table.string('last_day', 10).notNullable().defaultTo('');
    table.dropIndex(['day'], 'posture_daily_day_idx');
    table.index(['last_day'], 'posture_daily_last_day_idx');
  });
  await knex('posture_daily').update({ last_day: knex.ref('day') });
  await knex.schema.alterTable('sources', table => {
    table.string('good_at').nullable();
  });
  await knex.schema.alterTable('runs', table => {
    table.boolean('stop_requested').notNullable().defaultTo(false);
    table.boolean('stopped').notNullable().defaultTo(false);
  });
  await knex.schema.alterTable('identity_pipelines', table => {
    table.text('targets').notNullable().defaultTo('[]');
  });
  await knex('counters').insert([
    { name: 'entities', value: 0 },
    { name: 'org', value: 0 },
  ]);
  // What is new in these rows follows from the snapshot: another rubric has them judged again.
  await knex('pipelines').update({ rubric: '' });

  await knex.schema.createTable('pipeline_versions', table => {
    table.comment('Pipelines as they were; written only when one changed');
    table.string('id', 768).notNullable();
    interval(table);
    table.string('scope_key').notNullable();
    table.string('provider').notNullable();
    table.string('name', 512).notNullable();
    table.text('search').notNullable();
    table.string('kind').notNullable();
    table.text('url').notNullable();
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
    table.string('stale_since').nullable();
    table.binary('outcome').nullable();
    table.binary('body').notNullable();
    table.primary(['id', 'from_day']);
    table.index(['until_day', 'from_day'], 'pipeline_versions_until_idx');
  });

  await knex.schema.createTable('finding_versions', table => {
    table.comment('Findings as they were; written only when one changed');
    table.string('pipeline_id', 768).notNullable();
    table.string('control_id').notNullable();
    interval(table);
    table.integer('severity_rank').notNullable();
    table.binary('body').notNullable();
    table.primary(['pipeline_id', 'control_id', 'from_day']);
    table.index(['until_day'], 'finding_versions_until_idx');
  });

  await knex.schema.createTable('entity_versions', table => {
    table.comment('Entities as they were; written only when one changed');
    table.string('entity_ref', 768).notNullable();
    interval(table);
    table.string('kind').notNullable();
    table.string('title', 512).nullable();
    table.string('owner', 768).nullable();
    table.string('system', 768).nullable();
    table.string('lifecycle').nullable();
    table.integer('score').nullable();
    table.integer('grade').nullable();
    table.integer('compliance').nullable();
    table.primary(['entity_ref', 'from_day']);
    table.index(['until_day', 'from_day'], 'entity_versions_until_idx');
  });

  await knex.schema.createTable('entity_pipeline_versions', table => {
    table.comment('Which pipelines belonged to which entity');
    table.string('entity_ref', 768).notNullable();
    table.string('pipeline_id', 768).notNullable();
    interval(table);
    table.primary(['entity_ref', 'pipeline_id', 'from_day']);
    table.index(['until_day', 'from_day'], 'entity_pipeline_versions_idx');
  });

  await knex.schema.createTable('org_versions', table => {
    table.comment('What was above a group or a system');
    table.string('ref', 768).notNullable();
    interval(table);
    table.string('parent', 768).nullable();
    table.primary(['ref', 'from_day']);
    table.index(['until_day'], 'org_versions_until_idx');
  });

  await knex.schema.createTable('control_numbers', table => {
    table.comment('Short names of controls in outcomes; never given twice');
    table.increments('number');
    table.string('control_id').notNullable().unique();
  });

  await knex.schema.createTable('rubrics', table => {
    table.comment('Controls and policy that results were made with');
    table.string('rubric').primary();
    table.string('at').notNullable();
    table.text('content').notNullable();
    table.index(['at'], 'rubrics_at_idx');
  });

  await knex.schema.createTable('group_daily', table => {
    table.comment(
      'Entities of each owner, system and domain, and of all, on each day on which something was read',
    );
    table.string('grouping', 10).notNullable();
    table.string('ref', 768).notNullable();
    table.string('day', 10).notNullable();
    table.integer('entities').notNullable();
    table.integer('compliant').notNullable();
    table.integer('non_compliant').notNullable();
    table.integer('unknown').notNullable();
    table.integer('score_sum').notNullable();
    table.string('rubric').notNullable();
    table.primary(['grouping', 'ref', 'day']);
    table.index(['day'], 'group_daily_day_idx');
  });

  await knex.schema.createTable('finding_resources', table => {
    table.comment('Resources that a control fails for, to see what is shared');
    table
      .string('pipeline_id', 768)
      .notNullable()
      .references('id')
      .inTable('pipelines')
      .onDelete('CASCADE');
    table.string('control_id').notNullable();
    table.string('resource', 64).notNullable();
    table.primary(['pipeline_id', 'control_id', 'resource']);
    table.index(['resource', 'control_id'], 'finding_resources_idx');
  });

  await knex.schema.createTable('pipeline_repositories', table => {
    table.comment('Where pipelines take code and templates from');
    table
      .string('pipeline_id', 768)
      .notNullable()
      .references('id')
      .inTable('pipelines')
      .onDelete('CASCADE');
    table.string('repository', 768).notNullable();
    table.primary(['pipeline_id', 'repository']);
    table.index(['repository'], 'pipeline_repositories_idx');
  });

  await knex.schema.createTable('identities', table => {
    table.comment('What is known of each identity that pipelines act as');
    table.string('identity_id', 768).primary();
    table.text('name').notNullable();
    table.string('type').notNullable();
    table.string('credential').notNullable();
    table.boolean('long_lived').nullable();
    table.string('changed_at').nullable();
    table.string('breadth').notNullable();
  });
};

/**
 * One row for each day again.
 *
 * @param {import('knex').Knex} knex
 */
async function expandDays(knex) {
  const spans = await knex('posture_daily').whereRaw('last_day > day');
  for (const { last_day: last, ...row } of spans) {
    const days = [];
    for (
      let time = Date.parse(`${row.day}T00:00:00Z`) + 24 * 3600_000;
      new Date(time).toISOString().slice(0, 10) <= last;
      time += 24 * 3600_000
    ) {
      const day = new Date(time).toISOString().slice(0, 10);
      days.push({ ...row, day, last_day: day });
    }
    await knex.batchInsert('posture_daily', days, 100);
  }
}

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'pipeline_repositories',
    'identities',
    'finding_resources',
    'group_daily',
    'rubrics',
    'control_numbers',
    'org_versions',
    'entity_pipeline_versions',
    'entity_versions',
    'finding_versions',
    'pipeline_versions',
  ]) {
    await knex.schema.dropTable(table);
  }
  await knex('counters').whereIn('name', ['entities', 'org']).delete();
  await expandDays(knex);
  await knex.schema.alterTable('posture_daily', table => {
    table.dropIndex(['last_day'], 'posture_daily_last_day_idx');
    table.index(['day'], 'posture_daily_day_idx');
  });
  await knex.schema.alterTable('pipelines', table =>
    table.dropIndex(['valid_from'], 'pipelines_valid_idx'),
  );
  await knex.schema.alterTable('entities', table =>
    table.dropIndex(['version'], 'entities_version_idx'),
  );
  // Both databases drop a column in place; Knex would build SQLite's tables anew and lose what depends on them.
  for (const [table, column] of [
    ['pipelines', 'valid_from'],
    ['pipelines', 'outcome'],
    ['pipelines', 'changers'],
    ['entities', 'valid_from'],
    ['entities', 'version'],
    ['findings', 'valid_from'],
    ['entity_pipelines', 'valid_from'],
    ['org', 'valid_from'],
    ['scopes', 'content_seq'],
    ['posture_daily', 'last_day'],
    ['sources', 'good_at'],
    ['runs', 'stop_requested'],
    ['runs', 'stopped'],
    ['identity_pipelines', 'targets'],
  ]) {
    await knex.raw('alter table ?? drop column ??', [table, column]);
  }
};
