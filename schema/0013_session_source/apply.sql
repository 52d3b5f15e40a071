ALTER TABLE user_session ADD source VARBINARY(200);
CREATE INDEX ix_user_session_user ON user_session (user_id, created_at);
