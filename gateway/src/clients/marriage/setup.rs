//! Halls as their counties keep them.

use yiwang_chassis::fault::Fault;
use yiwang_proto::marriage::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// The halls that the caller's county keeps, closed ones too.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn managed_halls(
        &self,
        who: impl Into<Identity>,
    ) -> Result<Vec<pb::HallSetup>, Fault> {
        let who = who.into();
        let request = pb::ListManagedHallsRequest {};
        rpc!(self.marriage.halls.list_managed_halls, Some(&who), request).map(|list| list.halls)
    }

    /// One of them.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn hall_setup(
        &self,
        who: impl Into<Identity>,
        code: &str,
    ) -> Result<pb::HallSetup, Fault> {
        let who = who.into();
        let request = pb::GetHallRequest {
            code: code.to_owned(),
        };
        rpc!(self.marriage.halls.get_hall, Some(&who), request)
    }

    /// Opens a hall or changes one.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn save_hall(
        &self,
        who: impl Into<Identity>,
        request: pb::SaveHallRequest,
    ) -> Result<pb::HallSetup, Fault> {
        let who = who.into();
        rpc!(self.marriage.halls.save_hall, Some(&who), request)
    }

    /// The registrars of a hall, former ones last.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn registrars(
        &self,
        who: impl Into<Identity>,
        hall: &str,
    ) -> Result<Vec<pb::Registrar>, Fault> {
        let who = who.into();
        let request = pb::ListRegistrarsRequest {
            hall: hall.to_owned(),
        };
        rpc!(self.marriage.halls.list_registrars, Some(&who), request).map(|list| list.registrars)
    }

    /// Adds a registrar or changes one.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn save_registrar(
        &self,
        who: impl Into<Identity>,
        request: pb::SaveRegistrarRequest,
    ) -> Result<pb::Registrar, Fault> {
        let who = who.into();
        rpc!(self.marriage.halls.save_registrar, Some(&who), request)
    }

    /// The two months ahead of a hall.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn hall_calendar(
        &self,
        who: impl Into<Identity>,
        hall: &str,
    ) -> Result<Vec<pb::HallDay>, Fault> {
        let who = who.into();
        let request = pb::GetCalendarRequest {
            hall: hall.to_owned(),
            ..Default::default()
        };
        rpc!(self.marriage.halls.get_calendar, Some(&who), request).map(|list| list.days)
    }

    /// Sets a day of a hall.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn set_hall_day(
        &self,
        who: impl Into<Identity>,
        request: pb::SetDayRequest,
    ) -> Result<pb::HallDay, Fault> {
        let who = who.into();
        rpc!(self.marriage.halls.set_day, Some(&who), request)
    }
}
