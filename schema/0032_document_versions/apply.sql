ALTER TABLE document ADD longer_name VARBINARY(1200);
UPDATE document SET longer_name = file_name;
ALTER TABLE document DROP COLUMN file_name;
ALTER TABLE document ADD file_name VARBINARY(1200) NOT NULL;
UPDATE document SET file_name = longer_name;
ALTER TABLE document DROP COLUMN longer_name;
ALTER TABLE document ADD series_id BINARY(16) NOT NULL;
ALTER TABLE document ADD version BIGINT NOT NULL DEFAULT 1;
UPDATE document SET series_id = id;
CREATE UNIQUE INDEX ux_document_series ON document (series_id, version);
CREATE INDEX ix_document_person ON document (person_id, sealed_bytes);
CREATE TABLE document_withdrawal (
    document_id BINARY(16) NOT NULL,
    reason VARCHAR(20) NOT NULL,
    moved_to BINARY(16),
    withdrawn_by BINARY(16) NOT NULL,
    withdrawn_at BIGINT NOT NULL,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_document_withdrawal PRIMARY KEY (document_id));
GRANT SELECT, INSERT ON document_withdrawal TO {ACCOUNT};
CREATE TABLE document_release (
    id BINARY(16) NOT NULL,
    document_id BINARY(16) NOT NULL,
    reason VARBINARY(2500) NOT NULL,
    asked_by BINARY(16) NOT NULL,
    asked_at BIGINT NOT NULL,
    state VARCHAR(10) NOT NULL,
    decided_by BINARY(16),
    decided_at BIGINT,
    tag BINARY(32) NOT NULL,
    CONSTRAINT pk_document_release PRIMARY KEY (id));
CREATE INDEX ix_document_release_state ON document_release (state, asked_at);
CREATE INDEX ix_document_release_document ON document_release (document_id);
GRANT SELECT, INSERT, UPDATE ON document_release TO {ACCOUNT};
