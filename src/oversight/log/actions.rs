//! The actions of the audit log with the messages that name them. A test looks for every action in the sources.

use crate::web::language::Language;

/// Every action that any version of the portal ever wrote, with its message.
pub const ACTIONS: &[(&str, &str)] = &[
    ("account.address_changed", "audit-action-account-address-changed"),
    ("account.changed", "audit-action-account-changed"),
    ("account.confirmed", "audit-action-account-confirmed"),
    ("account.deleted", "audit-action-account-deleted"),
    ("account.password_changed", "audit-action-account-password-changed"),
    ("account.password_reset", "audit-action-account-password-reset"),
    ("account.registered", "audit-action-account-registered"),
    ("account.reinstated", "audit-action-account-reinstated"),
    ("account.role_changed", "audit-action-account-role-changed"),
    ("account.suspended", "audit-action-account-suspended"),
    ("announcement.corrected", "audit-action-announcement-corrected"),
    ("announcement.published", "audit-action-announcement-published"),
    ("announcement.withdrawn", "audit-action-announcement-withdrawn"),
    ("attachments.swept", "audit-action-attachments-swept"),
    ("audit.exported", "audit-action-audit-exported"),
    ("campaign.merged", "audit-action-campaign-merged"),
    ("campaign.put_in", "audit-action-campaign-put-in"),
    ("campaign.split", "audit-action-campaign-split"),
    ("campaign.taken_out", "audit-action-campaign-taken-out"),
    ("claim.handed_over", "audit-action-claim-handed-over"),
    ("claim.taken_over", "audit-action-claim-taken-over"),
    ("comment.appeal_declined", "audit-action-comment-appeal-declined"),
    ("comment.appeal_published", "audit-action-comment-appeal-published"),
    ("comment.appealed", "audit-action-comment-appealed"),
    ("comment.corrected", "audit-action-comment-corrected"),
    ("comment.cosign_removed", "audit-action-comment-cosign-removed"),
    ("comment.cosigned", "audit-action-comment-cosigned"),
    ("comment.declined", "audit-action-comment-declined"),
    ("comment.entered", "audit-action-comment-entered"),
    ("comment.file_attached", "audit-action-comment-file-attached"),
    ("comment.file_removed", "audit-action-comment-file-removed"),
    ("comment.original_read", "audit-action-comment-original-read"),
    ("comment.prioritised", "audit-action-comment-prioritised"),
    ("comment.published", "audit-action-comment-published"),
    ("comment.redacted", "audit-action-comment-redacted"),
    ("comment.redaction_appealed", "audit-action-comment-redaction-appealed"),
    ("comment.redaction_lifted", "audit-action-comment-redaction-lifted"),
    ("comment.redaction_upheld", "audit-action-comment-redaction-upheld"),
    ("comment.reported", "audit-action-comment-reported"),
    ("comment.reports_answered", "audit-action-comment-reports-answered"),
    ("comment.returned", "audit-action-comment-returned"),
    ("comment.submitted", "audit-action-comment-submitted"),
    ("comment.withdrawn", "audit-action-comment-withdrawn"),
    ("consultation.window", "audit-action-consultation-window"),
    ("decision.undone", "audit-action-decision-undone"),
    ("demo.filled", "audit-action-demo-filled"),
    ("draft.shared", "audit-action-draft-shared"),
    ("draft.unshared", "audit-action-draft-unshared"),
    ("export.downloaded", "audit-action-export-downloaded"),
    ("export.made", "audit-action-export-made"),
    ("export.requested", "audit-action-export-requested"),
    ("mail.revived", "audit-action-mail-revived"),
    ("name_report.handled", "audit-action-name-report-handled"),
    ("name_report.made", "audit-action-name-report-made"),
    ("norms.imported", "audit-action-norms-imported"),
    ("organisation.approved", "audit-action-organisation-approved"),
    ("organisation.asked", "audit-action-organisation-asked"),
    ("organisation.confirmed", "audit-action-organisation-confirmed"),
    ("organisation.founded", "audit-action-organisation-founded"),
    ("organisation.joined", "audit-action-organisation-joined"),
    ("organisation.left", "audit-action-organisation-left"),
    ("organisation.put_out", "audit-action-organisation-put-out"),
    ("organisation.refused", "audit-action-organisation-refused"),
    ("staff.invitation_withdrawn", "audit-action-staff-invitation-withdrawn"),
    ("staff.invited", "audit-action-staff-invited"),
    ("staff.joined", "audit-action-staff-joined"),
    ("submission.entered", "audit-action-submission-entered"),
    ("submission.sent", "audit-action-submission-sent"),
];

/// Whether the log may hold the action.
pub fn is_known(action: &str) -> bool {
    ACTIONS.iter().any(|(known, _)| *known == action)
}

/// The action in words; one that is not known is named as the log has it.
pub fn words(lang: &Language, action: &str) -> String {
    let known = ACTIONS.iter().find(|(known, _)| *known == action);
    known.map_or_else(|| action.to_owned(), |(_, message)| lang.t(message))
}
