CREATE TABLE user_notice (
    id BINARY(16) NOT NULL,
    user_id BINARY(16) NOT NULL,
    kind VARCHAR(30) NOT NULL,
    source VARBINARY(200) NOT NULL,
    noticed_at BIGINT NOT NULL,
    seen_at BIGINT,
    CONSTRAINT pk_user_notice PRIMARY KEY (id),
    CONSTRAINT fk_user_notice_user FOREIGN KEY (user_id) REFERENCES user_account (id));
CREATE INDEX ix_user_notice_user ON user_notice (user_id, seen_at);
GRANT SELECT, INSERT, UPDATE ON user_notice TO {ACCOUNT};
