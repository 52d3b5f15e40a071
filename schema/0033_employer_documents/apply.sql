CREATE TABLE employer_documents (
    employer_id BINARY(16) NOT NULL,
    sealed_bytes BIGINT NOT NULL,
    CONSTRAINT pk_employer_documents PRIMARY KEY (employer_id));
GRANT SELECT, INSERT, UPDATE ON employer_documents TO {ACCOUNT};
INSERT INTO employer_documents (employer_id, sealed_bytes) SELECT c.employer_id, SUM(CAST(d.sealed_bytes AS DECIMAL(19,0))) FROM document d JOIN case_file c ON c.id = d.case_id GROUP BY c.employer_id;
