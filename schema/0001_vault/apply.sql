CREATE TABLE {KEYS}.person_key (
    person_id BINARY(16) NOT NULL,
    key_version SMALLINT NOT NULL,
    wrapped VARBINARY(200) NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_person_key PRIMARY KEY (person_id, key_version));
GRANT SELECT, INSERT, DELETE ON {KEYS}.person_key TO {ACCOUNT};
