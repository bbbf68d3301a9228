# What a moderator should look at. A flag never decides.

flags-title = To look at
flags-never-decide = Found by rules as the comment arrived. They say where to look, and decide nothing.
flag-links = Links
flag-links-says = { $detail } in the text.
flag-personal-data = Personal data
flag-personal-data-says = The text seems to hold: { $detail }.
flag-sort-email = e-mail address
flag-sort-telephone = telephone number
flag-sort-iban = number of a bank account
flag-sort-card = number of a payment card
flag-sort-document = number of a passport or identity card
flag-mixed-scripts = Mixed scripts
flag-mixed-scripts-says = Words in letters of more than one script, which may look like others: { $detail }
flag-unseen = Unseen characters
flag-unseen-says = Characters that can't be seen or that turn the text around: { $detail }
flag-very-long = Very long
flag-very-long-says = { $detail } characters.
flag-language = Other language
flag-language-says = It seems to be in { $detail }, which is not the language its author gets letters in.
flag-burst = Burst
flag-burst-says = It was number { $detail } on its text within ten minutes by the clock: twenty or more, and ten times as many as in an average ten minutes of the day before.
flag-shared-address = Shared address
flag-shared-address-says = { $detail } accounts sent from the same network address within two days.
