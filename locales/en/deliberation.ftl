### Deliberation: the board of issues, two people for each decision, publication, the code book, the answer to authors.

## Overview
board-title = Deliberation
board-lead = Each text with its issues, from the draft to the published decision, and the accepted comments that are under no issue yet.
board-texts-caption = Issues by text
board-text = Text
board-left = Under no issue
board-left-of = under no issue of
board-left-more = more than { $most }
board-publication-link = Publish decisions ({ $count })
board-state-draft = Draft
board-state-proposed = Proposed
board-state-validated = Validated
board-state-published = Published

## The issues of a text
board-issues-lead = The issues in the order of the text. A decision is proposed by one person and validated by another before it is published.
board-issues-caption = Issues
board-begin = Begin an issue
board-left-link = Comments under no issue ({ $count })
board-none = No issue yet
board-none-text = Begin with the words that comments touch, or with a lever that is proposed.
board-issue = Issue
board-words = What it is about
board-statement = Question, in neutral words
board-who = Who spoke
board-options = Options
board-recommendation = Recommendation of the Secretariat
board-decision = Decision
board-reasons = Reasons
board-comments = { $count ->
    [one] { $count } comment
   *[other] { $count } comments
}
board-texts = { $count ->
    [one] { $count } different text
   *[other] { $count } different texts
}
board-confidential-count = { $count } for the Commission only
board-satisfied = Satisfied: { $yes }. Not satisfied: { $no }.

## Beginning an issue
board-about = What is it about?
board-about-missing = Say what the issue is about
board-about-words = Certain words
board-about-words-hint = Paste the words of the text below.
board-about-lever = A lever
board-about-lever-hint = Choose who should act, and by what if it matters.
board-about-whole = The text as a whole
board-about-whole-hint = For what is said about all of it.
board-consulted = The text that was put out for comment (version { $label })
board-quote = The words
board-quote-hint = As they stand in the text. Comments that touch any of them are suggested to you.
board-quote-unknown = These words do not stand in the text
board-quote-repeated = These words stand in the text more than once: paste some words around them too
board-actor = Who should act
board-actor-hint = For a lever only.
board-actor-missing = Choose who should act
board-instrument = By what
board-instrument-hint = For a lever only; leave it open for any instrument.
board-instrument-unknown = There is no such instrument
board-statement-hint = A reader of any view should find it fair.
board-statement-missing = Write the question
board-disposition-unknown = There is no such decision
flash-board-begun = The issue is begun. Put the comments under it that it is about.

## An issue
board-round = Taken up { $round } times
board-late = Somebody was quicker
board-late-text = Nothing of yours was saved. This is how things stand now; what you typed is still on this page.
board-now = As it stands now
board-yours = What you typed
board-sent-back = Why it was sent back
board-options-hint = One in each line.
board-options-many = List at most { $most } options
board-recommendation-hint = What the Secretariat puts to the Commission.
board-decision-hint = What becomes of what was proposed. A single comment can get another answer, in the list below.
board-reasons-hint = Everyone reads them, and everybody whose comment is under the issue is told. Needed before a decision is proposed.
board-disposition-missing = Choose the decision
board-wording = Words that were adopted
board-wording-hint = What the words above read then, all of them. Only where something of a proposal is adopted, in part or in other words. They go into the working text and are published with the decision.
board-wording-disposition = Words of your own belong to “adopted in part” or “adopted in other words”. Choose one of them, or leave this empty: what is adopted as it is needs no words
board-wording-same = These are the words as they are. Write what they read then, or leave this empty
board-wording-about = Only an issue about certain words can have others in their place. Begin one about these words
board-reasons-missing = Give the reasons
board-own-comment = A comment of your own is under this issue: somebody else proposes and validates its decision.
board-own-proposal = You proposed this decision: somebody else validates it.
board-save = Save
board-propose = Save and propose
board-way = Two people
board-way-draft = Write the question, put the comments under it, and propose a decision. Somebody else validates it; then it can be published.
board-way-validated = It waits to be published by the Secretariat.
board-proposed-by = Proposed by
board-validated-by = Validated by
board-published = Published
board-published-page = What everyone reads
board-satisfaction = Does the answer satisfy?
board-validate = Validate
board-return-why = Why is it sent back?
board-return-hint = For your colleagues only.
board-return-missing = Say why it is sent back
board-return = Send back
board-reopen = Take up once more
board-reopen-text = What was published stays until another decision is proposed, validated and published. Then everybody is told of it.
board-discard = Throw this draft away
board-discard-full = Take its comments from under it first: there are more than a hundred
board-under = Comments under this issue
board-under-none = There is none yet.
board-under-caption = Comments
board-own-answer = Answer of its own
board-own-answer-link = Answer this comment otherwise
board-own-answer-see = See the answer
board-take = Take the ticked comments from under it
board-remarks = What authors say about the answer
flash-board-written = The issue is saved.
flash-board-proposed = The decision is proposed. Somebody else validates it.
flash-board-validated = The decision is validated. It can be published.
flash-board-returned = The issue is a draft again.
flash-board-reopened = The issue is a draft again. What was published stays until you publish another decision.
flash-board-discarded = The draft is thrown away.

## Comments for an issue
board-find = Find comments
board-find-title = Comments for issue { $number }
board-not-open = Comments are put under drafts only, so that whoever validates a decision sees all of them. Send the issue back first.
board-ways = Ways to find comments
board-how-about = By what it is about
board-how-search = By words
board-how-left = Under no issue
board-search = Words
board-search-hint = Searches the comments on all texts that everyone may read, then those on this text that are for the Commission only.
board-search-button = Search
board-found-caption = Accepted comments
board-found-none = No comment here
board-found-none-text = Look in another way, or paste references.
board-found-cut = Not all comments were looked at. Go on with the next page.
board-here = Under it
board-confidential = For the Commission only
board-gone = Not accepted any more: not counted
board-put = Put the ticked comments under the issue
board-paste = By reference
board-references = References
board-references-hint = Paste up to a hundred, in lines or with commas between them.
board-references-missing = Paste at least one reference
board-references-wrong = These are not references: { $words }
board-references-unknown = No comment has these references: { $words }
board-too-many = Take at most { $most } at a time
board-put-pasted = Put them under the issue
flash-board-none-ticked = Nothing was ticked, so nothing was changed.
flash-board-choose = Choose where to put them; nothing was changed.
flash-board-put = The comments are under the issue.
flash-board-put-some = Some of the comments are under the issue now. The others were there already, or are not accepted.
flash-board-put-none = Nothing was changed: the comments were there already, or are not accepted.
flash-board-taken = The comments are no longer under the issue.
flash-board-taken-some = Some of the comments are no longer under the issue. The others were not there.
flash-board-taken-none = Nothing was changed: the comments were not there.

## The answer to one comment
board-own-title = Answer to { $reference }
board-own-lead = A comment gets the decision on its issue, unless something else is said here. It is published with the issue, and its author is told.
board-own-says = What it says
board-own-now = What it gets now
board-own-same = The same as the others under the issue.
board-own-disposition = Decision on this comment
board-own-disposition-hint = Leave it open for the same as the others.
board-own-response = Reasons for this comment
board-own-response-hint = In words to its author. Everyone may read them if the comment is public.
board-response-alone = Choose the decision that these reasons are for
flash-board-answered = The answer to this comment is saved.

## What is left
board-left-lead = Accepted comments on this text that are under no issue: { $count }. The oldest come first.
board-left-none = Nothing is left
board-left-none-text = Every accepted comment on this text is under an issue.
board-left-caption = Comments under no issue
board-left-issue = Put them under
board-left-no-draft = There is no draft to put them under.

## Publication
board-publication-title = Publish decisions
board-publication-lead = Each decision is published by itself. Everybody whose comment is under an issue is told once, with the reasons, and asked whether the answer satisfies.
board-publication-none = Nothing waits to be published
board-publication-none-text = A decision can be published when somebody other than its proposer has validated it.
board-publication-caption = Validated decisions
board-publication-box = To be published
board-publish = Publish the ticked decisions
board-batch-caption = Published just now
board-answers = Comments answered
flash-board-published = Published. The authors are told.
flash-board-published-some = Some decisions are published. The others had been changed meanwhile.
flash-board-published-none = Nothing was published: the issues had been changed meanwhile.

## Code book
coding-title = Code book
coding-lead = Codes say what comments speak of, across texts and issues. They are for the desk; nobody outside reads them.
coding-none = No code yet
coding-none-text = Add the first one to the code book.
coding-caption = Codes
coding-label = Name
coding-label-hint = What your colleagues read, for example: Human rights.
coding-label-missing = Give the code a name
coding-code = Code
coding-code-hint = Small letters, digits and hyphens; it never changes. For example: human-rights.
coding-code-wrong = Use small letters a to z and digits, joined by single hyphens, at most 40
coding-code-there = There is a code like this already
coding-full = The book holds { $most } codes; it can take no more
coding-description = When to use it
coding-description-hint = So that two people put it on the same comments.
coding-comments = Comments
coding-retired = Retired
coding-add = Add a code
coding-add-button = Add
coding-retire = Retire it
coding-revive = Use it again
coding-carrying = Comments that carry it
coding-of-comment = Issues and codes of { $reference }
coding-of-comment-link = Issues and codes
coding-issues = Issues it is under
coding-issues-none = It is under no issue.
coding-codes = Codes
coding-codes-legend = What it speaks of
coding-code-choose = Code
coding-put = Put the code on the ticked comments
flash-coding-added = The code was added to the code book.
flash-coding-changed = The code is changed.
flash-coding-put = The codes are saved.

## The answer to authors
answer-mail-subject = Decision on your comment { $reference }
answer-mail-decided = Your comment { $reference } on "{ $norm }" was considered under issue { $number }: { $statement }
answer-mail-again-subject = New decision on your comment { $reference }
answer-mail-again = Issue { $number } on "{ $norm }", under which your comment { $reference } was considered, was taken up once more: { $statement } What follows holds in place of what you were told before.
answer-mail-decision = Decision: { $disposition }

    Reasons: { $reasons }
answer-mail-words = The words in question then read: "{ $wording }"
answer-mail-where = Your comment with all that became of it: { $own }
    All that was said and decided on this issue: { $outcome }
answer-mail-ask = Does this answer satisfy you? We ask once: { $answer }
answer-title = Decision on { $reference }
answer-issue = Considered under
answer-issue-on = Issue { $number } on { $norm }
answer-question = Question
answer-decision = Decision
answer-reasons = Reasons
answer-ask = Does this answer satisfy you?
answer-yes = Yes
answer-no = No
answer-missing = Choose yes or no
answer-remark = Anything else?
answer-remark-hint = The Secretariat reads it. It changes nothing by itself, and it is not published.
answer-send = Send
answer-said = What you said
answer-said-yes = The answer satisfies.
answer-said-no = The answer does not satisfy.
answer-late = You said this before
answer-late-text = We ask once for each comment and issue. What you said then stays; what you typed now was not saved.
flash-answer-said = Thank you. The Secretariat has your answer.
own-considered = Considered under issue { $number }: { $disposition }
own-decided = Decisions on this comment
own-decided-asked = Issue { $number }: say whether the answer satisfies you
own-decided-answered = Issue { $number }: the answer, and what you said about it

## The report
staff-report-title = Report on the consultation
staff-report-lead = Your part of the staff report: it stands in its sections I and III, in both editions. Everything else in it is filled in by the portal.
staff-report-written = Written last
staff-report-overview = General overview and next steps
staff-report-overview-hint = What was asked, and what the Commission does with the answers.
staff-report-summary = Summary of the comments
staff-report-summary-hint = What the comments say, in your words. Name nothing here that was sent to the Commission alone: the public edition holds this text too.
staff-report-to-exports = To the exports
flash-staff-report-written = The report is saved.

## What is stored
privacy-deliberation-name = Issues and answers
privacy-deliberation = Under which issues the Secretariat considers a comment, the decision with its reasons, and what you say when you are asked whether the answer satisfies you. Decisions are public; what you say about them is for the Secretariat and the Commission, and goes with your account. A comment for the Commission only is counted beside a decision in steps of five, and in no other way.
