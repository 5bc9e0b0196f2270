//! The hotline of a station.

use yiwang_chassis::fault::Fault;
use yiwang_proto::rescue::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// Calls of a station, the latest first; masked.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn station_calls(
        &self,
        who: impl Into<Identity>,
        request: pb::ListCallsRequest,
    ) -> Result<pb::CallList, Fault> {
        let who = who.into();
        rpc!(self.rescue.calls.list_calls, Some(&who), request)
    }

    /// One with everything that was told.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn station_call(
        &self,
        who: impl Into<Identity>,
        id: &str,
    ) -> Result<pb::Call, Fault> {
        let who = who.into();
        let request = pb::GetCallRequest { id: id.to_owned() };
        rpc!(self.rescue.calls.get_call, Some(&who), request)
    }

    /// A call that was taken.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn record_call(
        &self,
        who: impl Into<Identity>,
        request: pb::RecordCallRequest,
    ) -> Result<pb::Call, Fault> {
        let who = who.into();
        rpc!(self.rescue.calls.record_call, Some(&who), request)
    }

    /// What followed on it.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn follow_call(
        &self,
        who: impl Into<Identity>,
        request: pb::FollowCallRequest,
    ) -> Result<pb::Call, Fault> {
        let who = who.into();
        rpc!(self.rescue.calls.follow_call, Some(&who), request)
    }

    /// Its recording was erased.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn erase_recording(
        &self,
        who: impl Into<Identity>,
        request: pb::EraseRecordingRequest,
    ) -> Result<pb::Call, Fault> {
        let who = who.into();
        rpc!(self.rescue.calls.erase_recording, Some(&who), request)
    }
}
