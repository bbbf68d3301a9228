### What every page shares.

portal-name = Norm Portal
portal-description = The public comment portal of the Global Commission on the Stability of Cyberspace: its norms, word by word, and what stakeholders say about them.
commission-name = Global Commission on the Stability of Cyberspace
skip-link = Skip to main content
nav-main = Main
nav-account = Account
nav-about = About this site
nav-norms = Norms
nav-overview = Overview
nav-search = Search
nav-secretariat = Secretariat
nav-queue = Queue
nav-mail = Mail
nav-exports = Exports
nav-people = People
nav-organisations = Organisations
nav-consultations = Consultation
nav-public-site = Public site
nav-my-comments = My comments
nav-sign-in = Sign in
nav-sign-out = Sign out
nav-register = Register
nav-contact = Contact
nav-privacy = Privacy
nav-accessibility = Accessibility
nav-feed = Feed (Atom)
nav-api = Data (API)
footer-line = Comments are read by the Secretariat before they appear here, and inform the Commission's deliberations.
breadcrumb = Breadcrumb
pages = Pages
page-next = Next
page-first = First page

form-problem = There is a problem
form-error-prefix = Error:
form-optional = (optional)
form-choose = Choose

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
date-time = { $date }, { $time } UTC
age-days = { $count } days ago
age-hours = { $count } hours ago
age-minutes = { $count ->
    [0] just now
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
left-days = { $count } days left
left-hours = { $count } hours left
left-minutes = { $count ->
    [one] { $count } minute left
   *[other] { $count } minutes left
}

error-number = Error { $status }
error-home = Go to the home page
error-request = If you write to us about this, quote this number
error-bad-request-title = This request can't be read
error-bad-request-text = The address or the form is not one that this portal uses.
error-bad-request-next = Go back, reload the page and try again. Nothing was changed.
error-encoding-title = Some characters can't be read
error-encoding-text = What was sent is not valid text: it is not encoded as UTF-8, or it holds a null character.
error-encoding-next = Go back to your text, remove what was pasted from another program in a damaged form, and send it again. Nothing was changed.
error-stale-title = This page is too old
error-stale-text = The form was opened before you signed in or out, in another browser, or on another site.
error-stale-next = Go back, reload the page and send it again. Nothing was changed.
error-forbidden-title = Not open to this account
error-forbidden-text = You are signed in, but this page is for others.
error-forbidden-next = If you need it for your work, ask the Secretariat for an invitation.
error-not-found-title = There is no such page
error-not-found-text = The address is mistyped, or what was here is not public.
error-not-found-next = Check the address, or start from the list of norms.
error-method-title = This can't be done here
error-method-text = The address exists, but not for this kind of request.
error-method-next = Go back and use the links and buttons of the page.
error-conflict-title = Somebody was quicker
error-conflict-text = What you wanted to change was changed meanwhile, or the same form was sent before with other content.
error-conflict-next = Go back and reload the page to see how it stands now.
error-gone-title = No longer here
error-gone-text = The link was used already, has expired, or what it led to was taken back.
error-gone-next = Links in our mails work once and for a limited time. Ask for a new one on the page you started from.
error-slow-title = The form took too long to arrive
error-slow-text = The connection was too slow, or broke off.
error-slow-next = Go back and send it again. Nothing was changed.
error-too-large-title = Too much at once
error-too-large-text = What was sent is larger than a form of this portal may be.
error-too-large-next = Go back and shorten the text, or send it as several comments. Your text is still in the form.
error-too-many-title = Too much in a short time
error-too-many-text = More came from your account or your network than the portal takes at once.
error-too-many-seconds = { $count ->
    [one] Try again in one second.
   *[other] Try again in { $count } seconds.
}
error-too-many-minutes = { $count ->
    [one] Try again in one minute.
   *[other] Try again in { $count } minutes.
}
error-too-many-next = Nothing was changed. Others in the same network may have used up what is allowed together with you.
error-too-many-kept = What you wrote is kept on this page. Leave it open, then send it from here.
error-too-many-again = Send again
error-busy-title = The portal is very busy
error-busy-text = More people ask for something than can be answered. Pages can still be read.
error-busy-next = Wait a moment, go back and try again. Nothing was changed.
error-crowded-title = Too much at the same time
error-crowded-text = As many requests of your network or your account are being answered as the portal takes at once.
error-crowded-next = Wait ten seconds, go back and try again. Nothing was changed; what you typed is still in the form.
error-media-title = Not a form
error-media-text = Only forms of this portal can be sent to this address.
error-media-next = Go back and use the form on the page.
error-unavailable-title = The portal can't do this right now
error-unavailable-text = It is very busy, or its storage does not answer.
error-unavailable-next = Wait a moment, go back and try again. Nothing was saved; your text is still in the form.
error-fault-title = Something went wrong on our side
error-fault-text = The fault was recorded. It is not something you did.
error-fault-next = Go back and try again. If it happens again, write to us.
