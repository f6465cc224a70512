-- Bundles: what came in another form than XML is kept as it came, beside the XML that it was made into.
ALTER TABLE content ADD COLUMN came_as BLOB;
