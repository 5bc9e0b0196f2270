//! A court declares somebody dead, and takes it back; a certificate beside it.

use serde_json::{Value, json};
use yiwang_burial::deaths::{
    By,
    change::{Why, void},
    number, record,
};
use yiwang_chassis::identity::{Caller, Role};

use super::{death, told};
use crate::world::{TONGSHAN, World, id_number, officer};

const ITEM: &str = "death-declaration";

fn clerk() -> Caller {
    officer(1, "周窗口", Role::Clerk, "421224")
}

fn colleague() -> Caller {
    officer(2, "李窗口", Role::Clerk, "421224")
}

fn approver() -> Caller {
    officer(3, "吴审批", Role::Approver, "421224")
}

/// A sailor lost in a storm, declared dead two years after it.
fn judgment(id: &str) -> Value {
    json!({
        "bringer": { "name": "王小明", "document": "citizen_id",
            "id_number": "11010519491231002X", "relation": "spouse", "phone": "13800001234" },
        "declared": { "name": "王德发", "document": "citizen_id", "id_number": id,
            "household": TONGSHAN },
        "judgment": { "court": "通山县人民法院", "number": "（2026）鄂1224民特3号",
            "judged_on": "2026-05-11", "ground": "accident", "since": "2024-05-01",
            "effective_on": "2024-05-01" },
    })
}

fn events(told: &[(String, String, String)]) -> Vec<(&str, &str)> {
    told.iter()
        .map(|one| (one.0.as_str(), one.1.as_str()))
        .collect()
}

async fn enter(world: &World, form: Value) -> Result<String, String> {
    let case = world.submit(&clerk(), ITEM, TONGSHAN, form).await;
    case.map(|case| case.number)
        .map_err(|fault| fault.reason.to_string())
}

#[tokio::test]
async fn declared_after_a_second_look_and_taken_back_when_the_court_does() {
    let world = World::new().await;
    let id = id_number(1);
    let family = world.citizen("11010519491231002X");
    let refused = world.submit(&family, ITEM, TONGSHAN, judgment(&id)).await;
    assert_eq!(refused.unwrap_err().reason, "AT_COUNTER");
    let mut wrong = judgment(&id);
    wrong["judgment"]["effective_on"] = "2026-05-11".into();
    let refused = enter(&world, wrong.clone()).await;
    assert_eq!(refused.unwrap_err(), "DAY_OF_DEATH_DIFFERS");
    wrong["judgment"]["ground"] = "missing".into();
    assert_eq!(enter(&world, wrong).await.unwrap_err(), "TOO_EARLY");

    let number = enter(&world, judgment(&id)).await.unwrap();
    assert!(number.starts_with("XG"), "{number}");
    assert!(told(&world, &id).await.is_empty());
    let check = json!({ "checked": true });
    let own = world.act(&clerk(), &number, "check", check.clone()).await;
    assert_eq!(own.unwrap_err().reason, "SAME_OFFICER");
    let case = world
        .act(&colleague(), &number, "check", check.clone())
        .await
        .unwrap();
    assert_eq!(case.state, "declared");
    let all = told(&world, &id).await;
    assert_eq!(events(&all), [("declared", "2024-05-01")]);
    assert_eq!(all[0].2, number);
    // Entered twice by another counter.
    let twice = enter(&world, judgment(&id)).await.unwrap();
    let refused = world
        .act(&colleague(), &twice, "check", check.clone())
        .await;
    assert_eq!(refused.unwrap_err().reason, "DECLARED_ALREADY");

    // He comes home.
    world.go_to("2026-09-01T09:00:00").await;
    let cancel = |number: &str| json!({ "court": "通山县人民法院", "number": number, "judged_on": "2026-08-30" });
    let same = world
        .act(
            &clerk(),
            &number,
            "ask_cancel",
            cancel("（2026）鄂1224民特3号"),
        )
        .await;
    assert_eq!(same.unwrap_err().reason, "SAME_JUDGMENT");
    world
        .act(
            &clerk(),
            &number,
            "ask_cancel",
            cancel("（2026）鄂1224民特9号"),
        )
        .await
        .unwrap();
    let alone = world
        .act(&clerk(), &number, "cancel", check.clone())
        .await
        .unwrap_err();
    assert_eq!(alone.reason, "WRONG_ROLE");
    assert_eq!(told(&world, &id).await.len(), 1);
    let case = world
        .act(&approver(), &number, "cancel", check.clone())
        .await
        .unwrap();
    assert_eq!(case.state, "cancelled");
    let all = told(&world, &id).await;
    assert_eq!(
        events(&all),
        [("declared", "2024-05-01"), ("revoked", "2024-05-01")]
    );
    // Now the second judgment, were there one, could be entered.
    world
        .act(&colleague(), &twice, "check", check)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_certificate_beside_a_declaration_holds_and_voided_gives_the_declaration_back() {
    let world = World::new().await;
    let (rt, now) = (&world.rt, world.rt.now());
    let id = id_number(1);
    let check = json!({ "checked": true });
    let number = enter(&world, judgment(&id)).await.unwrap();
    world
        .act(&colleague(), &number, "check", check.clone())
        .await
        .unwrap();
    let by = By {
        actor: "system:test",
        name: "大畈镇卫生院",
    };
    let mut conn = world.db.pool.acquire().await.unwrap();
    record(rt, &mut conn, &death(&id), by, now).await.unwrap();
    let why = Why {
        by,
        reason: "误认",
        now,
    };
    let key = number::key(rt, &id, 2026);
    void(rt, &mut conn, &key, "刘医生", why).await.unwrap();
    let all = told(&world, &id).await;
    assert_eq!(
        events(&all),
        [
            ("declared", "2024-05-01"),
            ("recorded", "2026-05-11"),
            ("revoked", "2026-05-11"),
            ("declared", "2024-05-01")
        ]
    );
    // Certified again: the court's cancellation does not bring him back to life.
    record(rt, &mut conn, &death(&id), by, now).await.unwrap();
    let judged = json!({ "court": "通山县人民法院", "number": "（2026）鄂1224民特9号",
                         "judged_on": "2026-05-12" });
    world
        .act(&clerk(), &number, "ask_cancel", judged)
        .await
        .unwrap();
    world
        .act(&approver(), &number, "cancel", check.clone())
        .await
        .unwrap();
    assert_eq!(told(&world, &id).await.last().unwrap().0, "recorded");
    // And who is certified dead needs no declaration.
    let late = enter(&world, judgment(&id)).await.unwrap();
    let known = world.act(&colleague(), &late, "check", check).await;
    assert_eq!(known.unwrap_err().reason, "DEATH_KNOWN");
}
