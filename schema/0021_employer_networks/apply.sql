ALTER TABLE employer ADD networks VARCHAR(800);
