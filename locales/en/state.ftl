### What is wrong with the portal, for the Secretariat.

state-title = State of the portal
state-well = All is well
state-well-text = Letters leave, there is room, and neither a backup nor an export of the audit log is overdue.
state-lead = { $count ->
    [one] One thing should be seen to.
   *[other] { $count } things should be seen to.
}
state-now = As it is now
state-letters = Letters waiting
state-letters-dead = Letters given up
state-jobs = Exports waiting or under way
state-backup = Last backup
state-head = Audit log last exported
state-space = Free disk space
state-none = None yet
state-disk-free = { $gigabytes } GB, { $percent } percent
state-mail-late = Letters do not leave
state-mail-late-text = { $count ->
    [one] One letter should have left. The mail server may be away or refuse it: the person who runs the server should look.
   *[other] { $count } letters should have left. The mail server may be away or refuse them: the person who runs the server should look.
}
state-mail-late-since = The first was to leave { $age }.
state-mail-dead = Letters were given up
state-mail-dead-text = { $count ->
    [one] One letter could not be delivered. It can be sent again by hand.
   *[other] { $count } letters could not be delivered. They can be sent again by hand.
}
state-disk = The disk is nearly full
state-disk-text = Free: { $free }. When nothing is left, comments can be read but none can be sent.
state-no-backup = There is no backup
state-no-backup-text = No backup was ever made. If the server were lost, every comment would be.
state-backup-old = The last backup is old
state-backup-old-text = It was made { $age }. What came since would be lost with the server.
state-backup-failed = The last backup failed
state-backup-failed-text = It was begun on { $time } and failed: { $error }
state-backup-given-up-text = It was begun on { $time } and never finished: the server may have been stopped meanwhile.
state-jobs-late = Exports are stuck
state-jobs-late-text = { $count ->
    [one] One export is not taken up. The person who runs the server should look.
   *[other] { $count } exports are not taken up. The person who runs the server should look.
}
state-jobs-failed = Exports failed
state-jobs-failed-text = { $count ->
    [one] One export failed within the last day.
   *[other] { $count } exports failed within the last day.
}
state-head-old = The audit log is not exported
state-head-old-text = Its head was last kept outside of the database on { $day }. It should be kept every day: without it a log that was rebuilt can't be told from the true one.
state-head-never-text = Its head was never kept outside of the database. It should be kept every day: without it a log that was rebuilt can't be told from the true one.
