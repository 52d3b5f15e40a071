CREATE TABLE document_rescan (
    number BIGINT NOT NULL,
    signatures VARCHAR(100) NOT NULL,
    is_paused SMALLINT NOT NULL,
    started_at BIGINT NOT NULL,
    finished_at BIGINT,
    after_document BINARY(16),
    scanned BIGINT NOT NULL,
    found BIGINT NOT NULL,
    not_scanned BIGINT NOT NULL,
    CONSTRAINT pk_document_rescan PRIMARY KEY (number));
CREATE INDEX ix_document_scan_state ON document_scan (state, document_id);
GRANT SELECT, INSERT, UPDATE ON document_rescan TO {ACCOUNT};
