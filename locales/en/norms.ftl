### The Secretariat's page about the consultation.

consultation-title = When comments are taken
consultation-name = Consultation
consultation-now = Now
consultation-open = Open
consultation-shut = Closed
consultation-clock = The portal's clock
consultation-opens = Opens
consultation-utc = In UTC.
consultation-closes = Closes
consultation-closes-hint = In UTC; the minute named is the last one. Leave it empty while no closing time is set.
consultation-save = Save
consultation-time-wrong = Enter a date and a time, such as 2019-01-17 23:59
consultation-closes-before = The closing time must be later than the opening time
flash-window-saved = Saved. The change is in force now and in the audit log.
