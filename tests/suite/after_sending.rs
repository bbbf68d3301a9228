//! After sending: receipts and their proof, appeal, withdrawal, look-up, a name that was used, one's own data.
