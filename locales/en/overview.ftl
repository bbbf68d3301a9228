### The overview of the consultation and the briefing.

overview-title = Overview
overview-different = { $count ->
    [one] They ask for { $count } thing in all: equal proposals count once.
   *[other] They ask for { $count } different things: equal proposals count once.
}
overview-total = { $count ->
    [0] No comment has been published yet.
    [one] { $count } comment has been published.
   *[other] { $count } comments have been published.
}
overview-texts = { $count ->
    [one] There is { $count } text to comment on.
   *[other] There are { $count } texts to comment on.
}
overview-countries = { $count ->
    [one] Published comments name { $count } country.
   *[other] Published comments name { $count } countries.
}
overview-by-norm = Comments by text
overview-by-norm-note = How many published comments there are on each text.
overview-by-group = Comments by stakeholder group
overview-by-group-note = The group is what authors say of themselves.
overview-by-region = Comments by region
overview-by-region-note = The country is what authors say of themselves; the regions are the continents that the United Nations uses in statistics (M49).
overview-by-day = Comments by day
overview-by-week = Comments by week
overview-by-day-note = The days on which the published comments were sent.
overview-from-to = From { $from } to { $to }.
overview-weeks-from-to = Weeks that begin from { $from } to { $to }.
overview-most-day = { $count ->
    [one] At most { $count } comment in one day.
   *[other] At most { $count } comments in one day.
}
overview-most-week = { $count ->
    [one] At most { $count } comment in one week.
   *[other] At most { $count } comments in one week.
}
overview-table = The same as a table
overview-comments = Comments
overview-text = Text
overview-group = Stakeholder group
overview-region = Region
overview-day = Day
overview-week = Week from
overview-region-africa = Africa
overview-region-americas = Americas
overview-region-asia = Asia
overview-region-europe = Europe
overview-region-oceania = Oceania
overview-region-antarctica = Antarctica
overview-region-none = Country not given

## Briefing

briefing-title = Briefing
briefing-how-read = Read the texts below, clause by clause; the numbers in the margin are those of the portal, so that everybody speaks of the same line.
briefing-how-comment = At the address below you can suggest other words for any part of a text, propose who should put it into practice and how, or comment on a whole text.
briefing-how-answer = Every comment gets a reference and is read by the Secretariat. What it accepts goes to the Commission, with the exact words it is about.
briefing-where = Address of the portal:
briefing-where-text = Address of this text:
briefing-call = Call { $number }
briefing-qr = QR code of { $address }
briefing-print = This page is made to be handed out: print it as it is.
briefing-all = All texts
briefing-alone = This text alone
