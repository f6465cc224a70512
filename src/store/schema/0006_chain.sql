-- Chain: every line of the history holds a digest of itself and of the line before, so that what is changed afterwards is found.
-- Lines of releases that do not know this have none; the next line that has one covers them.
ALTER TABLE history ADD COLUMN link BLOB CHECK (link IS NULL OR length(link) = 32);
