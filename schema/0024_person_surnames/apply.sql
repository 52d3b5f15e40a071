CREATE TABLE person_surname (
    token BINARY(8) NOT NULL,
    person_id BINARY(16) NOT NULL,
    CONSTRAINT pk_person_surname PRIMARY KEY (token, person_id));
GRANT SELECT, INSERT, DELETE ON person_surname TO {ACCOUNT};
