CREATE TABLE document_scan (
    document_id BINARY(16) NOT NULL,
    state VARCHAR(12) NOT NULL,
    tries BIGINT NOT NULL,
    arrived_at BIGINT NOT NULL,
    finding VARBINARY(200),
    signatures VARCHAR(100),
    scanned_at BIGINT,
    tag BINARY(32),
    CONSTRAINT pk_document_scan PRIMARY KEY (document_id));
CREATE INDEX ix_document_scan_waits ON document_scan (state, tries, arrived_at);
INSERT INTO document_scan (document_id, state, tries, arrived_at) SELECT id, 'waits', 0, created_at FROM document;
GRANT SELECT, INSERT, UPDATE ON document_scan TO {ACCOUNT};
