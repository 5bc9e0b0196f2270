//! Funeral homes and their free times.

use yiwang_chassis::fault::Fault;
use yiwang_proto::burial::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// Funeral homes in `division`; all when it is empty.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn funeral_homes(&self, division: &str) -> Result<Vec<pb::Home>, Fault> {
        let request = pb::ListHomesRequest {
            division: division.to_owned(),
        };
        rpc!(self.burial.funerals.list_homes, None, request).map(|list| list.homes)
    }

    /// What is free of a kind (`hall`, `furnace`) at a home on a day.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn funeral_times(
        &self,
        home: &str,
        kind: &str,
        day: &str,
    ) -> Result<Vec<pb::FreeTime>, Fault> {
        let request = pb::ListFreeTimesRequest {
            home: home.to_owned(),
            kind: kind.to_owned(),
            day: day.to_owned(),
        };
        rpc!(self.burial.funerals.list_free_times, None, request).map(|list| list.times)
    }

    /// Who lies where at a home on a day, masked; for its staff and its county.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn funeral_board(
        &self,
        who: impl Into<Identity>,
        home: &str,
        day: &str,
    ) -> Result<pb::Board, Fault> {
        let who = who.into();
        let request = pb::GetBoardRequest {
            home: home.to_owned(),
            day: day.to_owned(),
        };
        rpc!(self.burial.funerals.get_board, Some(&who), request)
    }
}
