-- By hand: Prisma's schema has no words for triggers. Workers of the version before write due times and leases without their lengths; until the
-- last of them is replaced, the length is measured here, or a newer worker would take theirs for ones of a clock that was put back.
CREATE FUNCTION measure_wait() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.wait_ms := greatest(0, extract(epoch FROM NEW.next_tick_at - now()) * 1000);
  RETURN NEW;
END
$$;

CREATE FUNCTION measure_operation_lease() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.lease_ms := extract(epoch FROM NEW.lease_until - now()) * 1000;
  RETURN NEW;
END
$$;

CREATE FUNCTION measure_task_lease() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.lease_ms := extract(epoch FROM NEW.until - now()) * 1000;
  RETURN NEW;
END
$$;

-- What writes the length, too, writes what would be measured.
CREATE TRIGGER operation_wait_measured BEFORE UPDATE OF next_tick_at ON "operation" FOR EACH ROW
    WHEN (NEW.next_tick_at IS DISTINCT FROM OLD.next_tick_at AND NEW.wait_ms = OLD.wait_ms) EXECUTE FUNCTION measure_wait();

CREATE TRIGGER operation_lease_measured BEFORE UPDATE OF lease_until ON "operation" FOR EACH ROW
    WHEN (NEW.lease_until IS DISTINCT FROM OLD.lease_until AND NEW.lease_ms = OLD.lease_ms AND NEW.lease_until > now())
    EXECUTE FUNCTION measure_operation_lease();

CREATE TRIGGER lease_taken_measured BEFORE INSERT ON "lease" FOR EACH ROW
    WHEN (NEW.until > now()) EXECUTE FUNCTION measure_task_lease();

CREATE TRIGGER lease_measured BEFORE UPDATE OF until ON "lease" FOR EACH ROW
    WHEN (NEW.until IS DISTINCT FROM OLD.until AND NEW.lease_ms = OLD.lease_ms AND NEW.until > now()) EXECUTE FUNCTION measure_task_lease();
