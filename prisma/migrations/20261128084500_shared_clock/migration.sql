-- The clock by which everything is decided that processes share, such as leases and expiries: that of the database, at the
-- beginning of the transaction. Statements call it by this name, so that the tests' databases can have one that stands
-- still.
CREATE FUNCTION "tollgate_now"() RETURNS TIMESTAMPTZ LANGUAGE sql STABLE PARALLEL SAFE AS 'SELECT now()';
