// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('pipelines', table => {
    // What is tolerated of it has changed since it was judged; upkeep judges it again if nobody else does.
    table.boolean('rejudge').notNullable().defaultTo(false);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  // In place, as both databases can; Knex would build SQLite's table anew and lose what depends on it.
  await knex.raw('alter table ?? drop column ??', ['pipelines', 'rejudge']);
};
