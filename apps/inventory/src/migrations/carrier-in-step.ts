/**
 * While two releases run, `reservations` has the column under both names. Whoever writes one has written the other: an insert fills what it
 * was not given, an update follows the name that it changed.
 */
export const KEEP_IN_STEP = `
  CREATE FUNCTION reservations_carrier_in_step() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      NEW.trace_context := coalesce(NEW.trace_context, NEW.carrier);
      NEW.carrier := NEW.trace_context;
    ELSIF NEW.trace_context IS DISTINCT FROM OLD.trace_context THEN
      NEW.carrier := NEW.trace_context;
    ELSE
      NEW.trace_context := NEW.carrier;
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER carrier_in_step BEFORE INSERT OR UPDATE ON reservations
    FOR EACH ROW EXECUTE FUNCTION reservations_carrier_in_step()`;

export const NO_LONGER_IN_STEP = `
  DROP TRIGGER carrier_in_step ON reservations;
  DROP FUNCTION reservations_carrier_in_step()`;
