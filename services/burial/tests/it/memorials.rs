//! Online memorials: opened by the family alone, nobody's words shown unread.

use serde_json::json;
use tonic::Request;
use yiwang_burial::{memorials::MemorialsService, places::demo::CEMETERY};
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::{Caller, Role},
};
use yiwang_proto::burial::v1::{self as pb, memorials_server::Memorials};

use crate::{
    cemetery::{Cemetery, grave},
    house::id_number,
    world::{TONGSHAN, as_caller, officer, unwrap},
};

/// Somebody laid to rest, and who signed for it.
struct Stage {
    it: Cemetery,
    memorials: MemorialsService,
    family: Caller,
    number: String,
    keys: std::cell::Cell<u32>,
}

impl Stage {
    async fn new() -> Self {
        let it = Cemetery::new().await;
        let (world, dead) = (it.world(), it.cremated(1).await);
        let id = id_number("19750101", 3);
        let family = world.citizen(&id);
        let spot = it.free(CEMETERY, "松鹤区").await;
        it.hold(&family, &spot).await.unwrap();
        let form = grave(&id, &dead, CEMETERY, &spot);
        let case = world.submit(&family, "grave", TONGSHAN, form).await;
        let number = case.unwrap().number;
        let clerk = officer(701, "陈静", Role::Clerk, "421224100");
        let accepted = world.act(&clerk, &number, "accept", json!({})).await;
        accepted.unwrap();
        let sign = json!({ "maintenance_years": 20, "receipt": "鄂001" });
        let signed = world.act(&it.keeper, &number, "sign", sign).await;
        signed.unwrap();
        let stage = Self {
            memorials: MemorialsService::new(world.rt.clone()),
            family,
            number,
            keys: 0.into(),
            it,
        };
        // Not before somebody lies there.
        let early = stage.open(&stage.family, "张大山", true).await;
        assert_eq!(early.unwrap_err().fields[0].reason, "NOT_AT_REST");
        let lay = json!({ "urn": dead.urn, "on": "2026-05-12" });
        let laid = stage.it.both(&stage.number, "lay", lay, &dead.urn).await;
        laid.unwrap();
        stage
    }

    fn key(&self) -> String {
        self.keys.set(self.keys.get() + 1);
        format!("memorial-{}", self.keys.get())
    }

    async fn open(
        &self,
        caller: &Caller,
        name: &str,
        findable: bool,
    ) -> Result<pb::Memorial, Fault> {
        let request = pb::OpenMemorialRequest {
            idempotency_key: self.key(),
            case_number: self.number.clone(),
            name: name.into(),
            words: "一生种茶。\n待人宽厚。".into(),
            findable,
        };
        unwrap(
            self.memorials
                .open_memorial(as_caller(caller, request))
                .await,
        )
    }

    async fn leave(
        &self,
        caller: &Caller,
        code: &str,
        kind: &str,
        words: &str,
    ) -> Result<pb::Memorial, Fault> {
        let request = pb::LeaveOfferingRequest {
            idempotency_key: self.key(),
            code: code.into(),
            kind: kind.into(),
            words: words.into(),
        };
        unwrap(
            self.memorials
                .leave_offering(as_caller(caller, request))
                .await,
        )
    }

    async fn settle(
        &self,
        caller: &Caller,
        code: &str,
        offering: &str,
        show: bool,
    ) -> Result<pb::Memorial, Fault> {
        let request = pb::SettleOfferingRequest {
            idempotency_key: self.key(),
            code: code.into(),
            offering: offering.into(),
            show,
        };
        unwrap(
            self.memorials
                .settle_offering(as_caller(caller, request))
                .await,
        )
    }

    async fn save(&self, code: &str, findable: bool, closed: bool) -> Result<pb::Memorial, Fault> {
        let request = pb::SaveMemorialRequest {
            idempotency_key: self.key(),
            code: code.into(),
            words: "一生种茶。".into(),
            findable,
            closed,
        };
        unwrap(
            self.memorials
                .save_memorial(as_caller(&self.family, request))
                .await,
        )
    }

    async fn take_down(&self, caller: &Caller, code: &str) -> Result<pb::Memorial, Fault> {
        let request = pb::TakeDownMemorialRequest {
            idempotency_key: self.key(),
            code: code.into(),
            reasons: "页面上有广告。".into(),
        };
        unwrap(
            self.memorials
                .take_down_memorial(as_caller(caller, request))
                .await,
        )
    }

    /// As somebody reads it who is not signed in.
    async fn seen(&self, code: &str) -> Result<pb::Memorial, Fault> {
        let request = Request::new(pb::GetMemorialRequest { code: code.into() });
        unwrap(self.memorials.get_memorial(request).await)
    }

    async fn found(&self, name: &str) -> usize {
        let request = Request::new(pb::FindMemorialsRequest { name: name.into() });
        let found = unwrap(self.memorials.find_memorials(request).await);
        found.unwrap().memorials.len()
    }
}

#[tokio::test]
async fn only_who_signed_for_the_grave_opens_it_once_under_the_right_name() {
    let stage = Stage::new().await;
    let stranger = stage.it.world().citizen(&id_number("19800101", 5));
    let other = stage.open(&stranger, "张大山", true).await.unwrap_err();
    assert_eq!(other.fields[0].reason, "NOT_AT_REST");
    let mut typed = stage.family.clone();
    typed.grants.clear();
    let typed = stage.open(&typed, "张大山", true).await.unwrap_err();
    assert_eq!(
        (typed.code, &*typed.reason),
        (Code::Forbidden, "NOT_VERIFIED")
    );
    let wrong = stage.open(&stage.family, "张小山", true).await.unwrap_err();
    assert_eq!(wrong.fields[0].reason, "NAME_DIFFERS");
    let page = stage.open(&stage.family, "张大山", false).await.unwrap();
    assert!(page.own && page.code.len() == 32 && !page.findable);
    let twice = stage.open(&stage.family, "张大山", true).await.unwrap_err();
    assert_eq!(twice.reason, "MEMORIAL_KNOWN");
    // Neither name nor words lie open in the database.
    let open: i64 = sqlx::query_scalar(
        "select count(*) from burial.memorial where memorial::text like '%张大山%'",
    )
    .fetch_one(&stage.it.world().db.pool)
    .await
    .unwrap();
    assert_eq!(open, 0);
}

#[tokio::test]
async fn it_is_found_by_name_only_where_the_family_wants_it_and_closed_by_them() {
    let stage = Stage::new().await;
    let page = stage.open(&stage.family, "张大山", false).await.unwrap();
    assert_eq!(stage.found("张大山").await, 0);
    let seen = stage.seen(&page.code).await.unwrap();
    assert_eq!(
        (&*seen.name, seen.own, seen.waiting.len()),
        ("张大山", false, 0)
    );
    stage.save(&page.code, true, false).await.unwrap();
    assert_eq!(
        (stage.found("张大山").await, stage.found("张").await),
        (1, 0)
    );
    stage.save(&page.code, true, true).await.unwrap();
    assert_eq!(stage.found("张大山").await, 0);
    let closed = stage.seen(&page.code).await.unwrap_err();
    assert_eq!(
        (closed.code, &*closed.reason),
        (Code::NotFound, "MEMORIAL_NOT_FOUND")
    );
    let nobody = stage.seen("0000").await.unwrap_err();
    assert_eq!(closed.message, nobody.message);
}

#[tokio::test]
async fn flowers_count_at_once_and_words_wait_for_the_family() {
    let stage = Stage::new().await;
    let page = stage.open(&stage.family, "张大山", true).await.unwrap();
    let code = page.code.as_str();
    let friend = Caller {
        name: "李明".into(),
        ..stage.it.world().citizen(&id_number("19800101", 5))
    };
    let wrong = stage
        .leave(&friend, code, "paper_money", "")
        .await
        .unwrap_err();
    assert_eq!(wrong.fields[0].reason, "NOT_OFFERED");
    let long = "念".repeat(201);
    let long = stage.leave(&friend, code, "bow", &long).await.unwrap_err();
    assert_eq!(long.fields[0].reason, "TOO_LONG");
    stage.leave(&friend, code, "flowers", "").await.unwrap();
    let again = stage.leave(&friend, code, "flowers", "").await.unwrap_err();
    assert_eq!(again.reason, "ALREADY_LEFT");
    let after = stage
        .leave(&friend, code, "candle", "张老师，想念您。")
        .await
        .unwrap();
    assert!(after.shown.is_empty(), "unread words are not shown");
    assert_eq!((after.counts[0].count, after.counts[1].count), (1, 1));
    assert!(stage.seen(code).await.unwrap().shown.is_empty());

    let own = as_caller(&stage.family, pb::ListOwnMemorialsRequest {});
    let own = unwrap(stage.memorials.list_own_memorials(own).await).unwrap();
    let waiting = &own.memorials[0].waiting;
    assert_eq!((waiting.len(), &*waiting[0].from), (1, "李明"));
    let id = waiting[0].id.clone();
    let not_theirs = stage.settle(&friend, code, &id, true).await.unwrap_err();
    assert_eq!(not_theirs.reason, "MEMORIAL_NOT_FOUND");
    stage.settle(&stage.family, code, &id, true).await.unwrap();
    let twice = stage.settle(&stage.family, code, &id, false).await;
    assert_eq!(twice.unwrap_err().reason, "OFFERING_NOT_FOUND");
    let seen = stage.seen(code).await.unwrap();
    assert_eq!(
        (&*seen.shown[0].from, &*seen.shown[0].words),
        ("李*", "张老师，想念您。")
    );
    // The keeper heard of the words, not of the flowers.
    let told: i64 = sqlx::query_scalar(
        "select count(*) from chassis.outbox
          where event_type = 'yiwang.burial.memorial.offered.v1'
            and position(convert_to('新的留言', 'UTF8') in payload) > 0",
    )
    .fetch_one(&stage.it.world().db.pool)
    .await
    .unwrap();
    assert_eq!(told, 1);
}

#[tokio::test]
async fn what_does_not_belong_there_is_taken_down_with_reasons() {
    let stage = Stage::new().await;
    let page = stage.open(&stage.family, "张大山", true).await.unwrap();
    let code = page.code.as_str();
    for caller in [
        officer(702, "外县", Role::Funeral, "420323"),
        officer(703, "窗口", Role::Clerk, "421224"),
        stage.it.world().citizen(&id_number("19800101", 5)),
    ] {
        let refused = stage.take_down(&caller, code).await.unwrap_err();
        assert_eq!(refused.code, Code::Forbidden);
    }
    stage.take_down(&stage.it.keeper, code).await.unwrap();
    assert_eq!(stage.found("张大山").await, 0);
    assert_eq!(stage.seen(code).await.unwrap_err().code, Code::NotFound);
    let own = as_caller(&stage.family, pb::ListOwnMemorialsRequest {});
    let own = unwrap(stage.memorials.list_own_memorials(own).await).unwrap();
    assert_eq!(own.memorials[0].reasons, "页面上有广告。");
    let reopened = stage.save(code, true, false).await.unwrap_err();
    assert_eq!(reopened.reason, "TAKEN_DOWN");
}
