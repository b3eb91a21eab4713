-- The campaign an incident turned out to belong to.
ALTER TABLE incidents ADD COLUMN part_of TEXT;
