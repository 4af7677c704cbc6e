const directions = require('../../scripts/eslint/directions');

module.exports = require('@backstage/cli/config/eslint-factory')(
  __dirname,
  directions.byApi,
);
