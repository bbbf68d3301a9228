//! `[gate]`: what strangers have to do while the Secretariat keeps the gate closed.

use chrono::TimeDelta;
use serde::Deserialize;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// How many zero bits the digest has to begin with that a browser looks for.
    pub proof_bits: u32,
    /// Seconds to wait instead.
    pub wait_seconds: u32,
    /// How many who waited each server lets in within a minute.
    pub waiting_a_minute: u32,
    /// Minutes for which whoever passed is not asked again.
    pub pass_minutes: u32,
}

impl Gate {
    /// How long to wait.
    pub fn wait(&self) -> TimeDelta {
        TimeDelta::seconds(self.wait_seconds.into())
    }

    /// How long a pass is good for.
    pub fn pass(&self) -> TimeDelta {
        TimeDelta::minutes(self.pass_minutes.into())
    }

    pub(super) fn check(&self) -> Result<(), String> {
        if !(8..=28).contains(&self.proof_bits) {
            return Err("gate.proof_bits has to be from 8 to 28".into());
        }
        // A challenge can be answered for half an hour.
        if !(5..=900).contains(&self.wait_seconds) {
            return Err("gate.wait_seconds has to be from 5 to 900".into());
        }
        if !(1..=60_000).contains(&self.waiting_a_minute) {
            return Err("gate.waiting_a_minute has to be from 1 to 60000".into());
        }
        if !(5..=1440).contains(&self.pass_minutes) {
            return Err("gate.pass_minutes has to be from 5 to 1440".into());
        }
        Ok(())
    }
}
