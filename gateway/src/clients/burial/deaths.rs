//! The register of deaths.

use yiwang_chassis::fault::Fault;
use yiwang_proto::burial::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// The death that a certificate with this number records; the look is in the audit log.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn death(&self, who: impl Into<Identity>, number: &str) -> Result<pb::Death, Fault> {
        let who = who.into();
        let request = pb::GetDeathRequest {
            number: number.to_owned(),
        };
        rpc!(self.burial.deaths.get_death, Some(&who), request)
    }

    /// Notes what a certificate was used for.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn use_death(
        &self,
        who: impl Into<Identity>,
        request: pb::UseDeathRequest,
    ) -> Result<pb::Death, Fault> {
        let who = who.into();
        rpc!(self.burial.deaths.use_death, Some(&who), request)
    }

    /// Open requests to take a death back, of the caller's regions.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn death_revocations(
        &self,
        who: impl Into<Identity>,
        cursor: &str,
    ) -> Result<Vec<pb::DeathRevocation>, Fault> {
        let who = who.into();
        let request = pb::ListDeathRevocationsRequest {
            cursor: cursor.to_owned(),
        };
        rpc!(
            self.burial.deaths.list_death_revocations,
            Some(&who),
            request
        )
        .map(|list| list.revocations)
    }

    /// Asks to take a death back.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn ask_death_revocation(
        &self,
        who: impl Into<Identity>,
        request: pb::AskDeathRevocationRequest,
    ) -> Result<pb::DeathRevocation, Fault> {
        let who = who.into();
        rpc!(self.burial.deaths.ask_death_revocation, Some(&who), request)
    }

    /// Agrees or not.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn decide_death_revocation(
        &self,
        who: impl Into<Identity>,
        request: pb::DecideDeathRevocationRequest,
    ) -> Result<pb::DeathRevocation, Fault> {
        let who = who.into();
        rpc!(
            self.burial.deaths.decide_death_revocation,
            Some(&who),
            request
        )
    }

    /// Open alarms of the caller's regions.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn death_alarms(
        &self,
        who: impl Into<Identity>,
        cursor: &str,
    ) -> Result<Vec<pb::DeathAlarm>, Fault> {
        let who = who.into();
        let request = pb::ListDeathAlarmsRequest {
            cursor: cursor.to_owned(),
        };
        rpc!(self.burial.deaths.list_death_alarms, Some(&who), request).map(|list| list.alarms)
    }

    /// Notes what came of an alarm.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn settle_death_alarm(
        &self,
        who: impl Into<Identity>,
        request: pb::SettleDeathAlarmRequest,
    ) -> Result<pb::DeathAlarm, Fault> {
        let who = who.into();
        rpc!(self.burial.deaths.settle_death_alarm, Some(&who), request)
    }
}
