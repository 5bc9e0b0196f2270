//! Halls and appointments.

use yiwang_chassis::fault::Fault;
use yiwang_proto::marriage::v1 as pb;

use crate::clients::{Backends, Identity};

impl Backends {
    /// Halls whose division lies in `division`; all when it is empty.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn halls(&self, division: &str) -> Result<Vec<pb::Hall>, Fault> {
        let request = pb::ListHallsRequest {
            division: division.to_owned(),
        };
        rpc!(self.marriage.halls.list_halls, None, request).map(|list| list.halls)
    }

    /// The days on which a hall can be booked for a kind of appointment.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn hall_days(&self, hall: &str, kind: &str) -> Result<Vec<pb::Day>, Fault> {
        let request = pb::ListDaysRequest {
            hall: hall.to_owned(),
            kind: kind.to_owned(),
        };
        rpc!(self.marriage.halls.list_days, None, request).map(|list| list.days)
    }

    /// The times of a hall on a day, or why there are none.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn hall_slots(
        &self,
        hall: &str,
        day: &str,
        kind: &str,
    ) -> Result<pb::ListSlotsResponse, Fault> {
        let request = pb::ListSlotsRequest {
            hall: hall.to_owned(),
            day: day.to_owned(),
            kind: kind.to_owned(),
        };
        rpc!(self.marriage.halls.list_slots, None, request)
    }

    /// Books a time; `SLOT_FULL` names others, see [`free_times`].
    ///
    /// # Errors
    /// What the service answers.
    pub async fn book(
        &self,
        who: impl Into<Identity>,
        request: pb::BookRequest,
    ) -> Result<pb::Appointment, Fault> {
        let who = who.into();
        rpc!(self.marriage.halls.book, Some(&who), request)
    }

    /// Cancels an appointment of the caller.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn cancel_appointment(
        &self,
        who: impl Into<Identity>,
        request: pb::CancelAppointmentRequest,
    ) -> Result<pb::Appointment, Fault> {
        let who = who.into();
        rpc!(self.marriage.halls.cancel_appointment, Some(&who), request)
    }

    /// The caller's appointments, latest first.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn own_appointments(
        &self,
        who: impl Into<Identity>,
    ) -> Result<Vec<pb::Appointment>, Fault> {
        let who = who.into();
        let request = pb::ListOwnAppointmentsRequest {};
        rpc!(
            self.marriage.halls.list_own_appointments,
            Some(&who),
            request
        )
        .map(|list| list.appointments)
    }

    /// Who comes to a hall on a day, masked; for its officers.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn appointments(
        &self,
        who: impl Into<Identity>,
        hall: &str,
        day: &str,
    ) -> Result<Vec<pb::Appointment>, Fault> {
        let who = who.into();
        let request = pb::ListAppointmentsRequest {
            hall: hall.to_owned(),
            day: day.to_owned(),
        };
        rpc!(self.marriage.halls.list_appointments, Some(&who), request)
            .map(|list| list.appointments)
    }

    /// One appointment in full, for its people and the hall's officers.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn appointment(
        &self,
        who: impl Into<Identity>,
        number: &str,
    ) -> Result<pb::Appointment, Fault> {
        let who = who.into();
        let request = pb::GetAppointmentRequest {
            number: number.to_owned(),
        };
        rpc!(self.marriage.halls.get_appointment, Some(&who), request)
    }

    /// Reads the card on a hall's reader; for its officers.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn read_card(
        &self,
        who: impl Into<Identity>,
        request: pb::ReadCardRequest,
    ) -> Result<pb::Card, Fault> {
        let who = who.into();
        rpc!(self.marriage.halls.read_card, Some(&who), request)
    }

    /// Notes whether a counselling session was held; for the hall's officers.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn record_counselling(
        &self,
        who: impl Into<Identity>,
        request: pb::RecordCounsellingRequest,
    ) -> Result<pb::Appointment, Fault> {
        let who = who.into();
        rpc!(self.marriage.halls.record_counselling, Some(&who), request)
    }
}

/// The other times that a `SLOT_FULL` names, as [`pb::Slot`] has them.
#[must_use]
pub fn free_times(fault: &Fault) -> Vec<String> {
    let free = fault.fields.iter().filter(|field| field.reason == "FREE");
    let time = free.filter_map(|field| field.message.split_whitespace().next());
    time.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use yiwang_chassis::fault::FieldViolation;

    use super::*;

    #[test]
    fn other_times_are_read_from_the_refusal() {
        let field = |reason: &'static str, message: &str| {
            FieldViolation::new("/starts_at", reason, message)
        };
        let mut fault = Fault::precondition("SLOT_FULL", "这个时间约满了。");
        fault.fields = vec![
            field("FREE", "2026-05-20T10:30 还有2个名额"),
            field("OTHER", "2026-05-20T11:00"),
        ];
        assert_eq!(free_times(&fault), ["2026-05-20T10:30"]);
    }
}
