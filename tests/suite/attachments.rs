//! Files sent along with comments: what is taken, who may fetch it, where it lies.
