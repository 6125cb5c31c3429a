DROP TABLE sign_in_attempts;
DROP TABLE invitations;
ALTER TABLE api_tokens DROP COLUMN expires_at;
ALTER TABLE sessions DROP COLUMN authenticated_at;
ALTER TABLE users DROP COLUMN role;
