/** How a new database is made. It is part of the template's name, so that no template of another recipe is taken. */
export const RECIPE = {
  // Small segments, because a segment of the log takes its whole size on the disk, however little it holds.
  initDbStartParams: ["--wal-segsize=1"],
  // New databases would be made from these two, and there will be none. They are two thirds of 1,000 files.
  statements: ["UPDATE pg_database SET datistemplate = false", "DROP DATABASE template0", "DROP DATABASE template1"],
};
