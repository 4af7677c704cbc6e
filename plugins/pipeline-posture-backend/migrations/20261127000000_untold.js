// @ts-check

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('untold', table => {
    table.comment('Changes in the ledger that nobody has been told of yet');
    table.string('event_id').primary();
    table.string('at').notNullable();
    table.index(['at'], 'untold_at_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('untold');
};
