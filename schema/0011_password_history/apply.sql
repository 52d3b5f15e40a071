ALTER TABLE user_account ADD password_history VARBINARY(8000);
