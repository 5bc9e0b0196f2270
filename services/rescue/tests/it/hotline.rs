//! The hotline: who called, what followed, and the recording that stays for three months.

use uuid::Uuid;
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::rescue::v1::{self as pb, calls_server::Calls as _};
use yiwang_rescue::hotline::CallsService;

use crate::{
    stay_desk::{Desk, XIANNING},
    world::{as_caller, officer, unwrap},
};

struct Phone {
    desk: Desk,
    calls: CallsService,
}

impl Phone {
    async fn new() -> Self {
        let desk = Desk::new().await;
        let calls = CallsService::new(desk.world.rt.clone());
        Self { desk, calls }
    }

    async fn record(
        &self,
        who: &Caller,
        request: pb::RecordCallRequest,
    ) -> Result<pb::Call, Fault> {
        unwrap(self.calls.record_call(as_caller(who, request)).await)
    }

    async fn follow(&self, id: &str, followed: &str, refers: &str) -> Result<pb::Call, Fault> {
        let request = pb::FollowCallRequest {
            idempotency_key: Uuid::now_v7().to_string(),
            id: id.to_owned(),
            followed: followed.to_owned(),
            refers: refers.to_owned(),
            answered: "已派车去接，人到站了".to_owned(),
        };
        unwrap(
            self.calls
                .follow_call(as_caller(&self.desk.first, request))
                .await,
        )
    }

    async fn erase(&self, id: &str) -> Result<pb::Call, Fault> {
        let request = pb::EraseRecordingRequest {
            idempotency_key: Uuid::now_v7().to_string(),
            id: id.to_owned(),
        };
        unwrap(
            self.calls
                .erase_recording(as_caller(&self.desk.first, request))
                .await,
        )
    }

    async fn list(
        &self,
        who: &Caller,
        request: pb::ListCallsRequest,
    ) -> Result<pb::CallList, Fault> {
        let request = pb::ListCallsRequest {
            station: XIANNING.to_owned(),
            ..request
        };
        unwrap(self.calls.list_calls(as_caller(who, request)).await)
    }

    async fn get(&self, who: &Caller, id: &str) -> Result<pb::Call, Fault> {
        let request = pb::GetCallRequest { id: id.to_owned() };
        unwrap(self.calls.get_call(as_caller(who, request)).await)
    }
}

fn rang(at: &str) -> pb::RecordCallRequest {
    pb::RecordCallRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        station: XIANNING.to_owned(),
        at: at.to_owned(),
        kind: "told".to_owned(),
        caller: "张桂香".to_owned(),
        phone: "13900002222".to_owned(),
        asked: "长途汽车站后面有位老人，坐了两天".to_owned(),
        answered: String::new(),
        followed: "open".to_owned(),
        refers: String::new(),
        recording: "LY-20260512-0310".to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_in_the_night_is_followed_and_its_recording_kept() {
    let phone = Phone::new().await;
    let request = rang("2026-05-12T03:10");
    let call = phone
        .record(&phone.desk.first, request.clone())
        .await
        .unwrap();
    // The same key again: the same call.
    let again = phone.record(&phone.desk.first, request).await.unwrap();
    assert_eq!(again.id, call.id);
    assert_eq!(call.at, "2026-05-12T03:10");
    assert_eq!(call.keep_until, "2026-08-12");

    // Lists are masked; the look at one is logged.
    let list = phone
        .list(&phone.desk.county, Default::default())
        .await
        .unwrap();
    assert_eq!((list.calls.len(), list.open), (1, 1));
    assert_eq!(list.calls[0].caller, "张**");
    assert!(list.calls[0].asked.is_empty() && !list.calls[0].phone.contains("0000"));
    let full = phone.get(&phone.desk.county, &call.id).await.unwrap();
    assert_eq!(full.caller, "张桂香");
    let looks = phone
        .desk
        .world
        .texts("select action from chassis.audit_entry where action = 'call.read'");
    assert_eq!(looks.await.len(), 1);

    // What followed is written once, with the case.
    let stay = phone.desk.arrive("male", 70).await;
    let nowhere = phone
        .follow(&call.id, "station", "JZ000")
        .await
        .unwrap_err();
    assert_eq!(nowhere.fields[0].reason, "CASE_UNKNOWN");
    let open = phone.follow(&call.id, "open", "").await.unwrap_err();
    assert_eq!(open.fields[0].field, "/followed");
    let followed = phone.follow(&call.id, "station", &stay).await.unwrap();
    assert_eq!(followed.refers, stay);
    let twice = phone.follow(&call.id, "advised", "").await.unwrap_err();
    assert_eq!(twice.reason, "ALREADY_FOLLOWED");
    let only_open = pb::ListCallsRequest {
        open: true,
        ..Default::default()
    };
    let list = phone.list(&phone.desk.first, only_open).await.unwrap();
    assert_eq!((list.calls.len(), list.open), (0, 0));

    // The recording stays until the day is over, for whoever asks.
    let early = phone.erase(&call.id).await.unwrap_err();
    assert_eq!(early.reason, "RECORDING_KEPT");
    phone.desk.world.go_to("2026-08-12T23:59:00").await;
    assert_eq!(
        phone.erase(&call.id).await.unwrap_err().reason,
        "RECORDING_KEPT"
    );
    let past_us = sqlx::query(
        "update rescue.call set erased_at = '2026-08-12T15:00:00Z', erased_by = '某人'",
    );
    assert!(past_us.execute(&phone.desk.world.db.pool).await.is_err());
    phone.desk.world.go_to("2026-08-13T00:01:00").await;
    let erasable = pb::ListCallsRequest {
        erasable: true,
        ..Default::default()
    };
    let list = phone
        .list(&phone.desk.first, erasable.clone())
        .await
        .unwrap();
    assert_eq!(list.calls.len(), 1);
    let gone = phone.erase(&call.id).await.unwrap();
    assert_eq!(gone.erased_at, "2026-08-13T00:01");
    assert_eq!(
        phone.erase(&call.id).await.unwrap_err().reason,
        "NO_RECORDING"
    );
    assert!(
        phone
            .list(&phone.desk.first, erasable)
            .await
            .unwrap()
            .calls
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_call_must_say_and_who_hears_of_it() {
    let phone = Phone::new().await;
    let empty = pb::RecordCallRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        station: XIANNING.to_owned(),
        at: "2026-05-12T10:00".to_owned(),
        followed: "advised".to_owned(),
        ..Default::default()
    };
    let wrong = phone.record(&phone.desk.first, empty).await.unwrap_err();
    let fields: Vec<&str> = wrong.fields.iter().map(|one| one.field.as_str()).collect();
    // Nine in the morning: the call is of the future.
    assert_eq!(fields, ["/at", "/kind", "/asked", "/answered"]);

    let call = phone.record(&phone.desk.first, rang("")).await.unwrap();
    assert_eq!(call.at, "2026-05-12T09:00");
    let elsewhere = officer(7, "陈建民", Role::Station, "610902");
    assert_eq!(
        phone.get(&elsewhere, &call.id).await.unwrap_err().reason,
        "CALL_UNKNOWN"
    );
    let list = phone
        .list(&elsewhere, Default::default())
        .await
        .unwrap_err();
    assert_eq!(list.reason, "WRONG_ROLE");
    // The county reads, the station writes.
    let written = phone
        .record(&phone.desk.county, rang(""))
        .await
        .unwrap_err();
    assert_eq!(written.reason, "WRONG_ROLE");
    let sealed: Vec<Vec<u8>> = sqlx::query_scalar("select sealed from rescue.call")
        .fetch_all(&phone.desk.world.db.pool)
        .await
        .unwrap();
    assert!(
        sealed
            .iter()
            .all(|one| !String::from_utf8_lossy(one).contains("张桂香"))
    );
    let told = phone
        .desk
        .world
        .texts("select coalesce(detail::text, '') from chassis.audit_entry");
    assert!(
        told.await
            .iter()
            .all(|one| !one.contains("张桂香") && !one.contains("老人"))
    );
}
