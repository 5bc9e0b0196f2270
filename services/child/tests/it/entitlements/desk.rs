//! The people of the procedure and their everyday steps.

use std::ops::Deref;

use serde_json::{Value, json};
use yiwang_casework::{
    system,
    testing::{House, id_number, officer},
};
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_child::payment::Payments;
use yiwang_proto::casework::v1 as pb;

use super::departments::Departments;
use crate::world::{CHENGGUAN, World, born, pay};

/// A township with its county, and the departments.
pub(super) struct Desk {
    pub(super) world: World,
    pub(super) departments: Departments,
    pub(super) guardian: Caller,
    pub(super) supervisor: Caller,
    pub(super) first: Caller,
    pub(super) second: Caller,
    pub(super) payments: Payments,
}

impl Deref for Desk {
    type Target = House;

    fn deref(&self) -> &House {
        &self.world
    }
}

/// The grandfather who applies.
pub(crate) fn grandfather() -> String {
    id_number(1)
}

/// Father and mother.
pub(super) fn father() -> String {
    born("19850101", 11)
}

pub(super) fn mother() -> String {
    born("19860101", 12)
}

/// The child, ten years old.
pub(super) fn child() -> String {
    born("20160301", 21)
}

/// An application with the parents in these states.
pub(crate) fn form(father_is: &str, mother_is: &str, since: &str) -> Value {
    json!({
        "applicant": { "name": "张大山", "id_number": grandfather(), "phone": "13900000001", "kind": "guardian" },
        "receiving": "",
        "child": { "name": "张小禾", "id_number": child(), "born_on": "", "school": "城关小学四年级" },
        "upbringing": "family",
        "danger": false,
        "father": { "name": "张建国", "id_number": father(), "state": father_is, "since": "2026-01-10", "proof": "" },
        "mother": { "name": "李小梅", "id_number": mother(), "state": mother_is, "since": since, "proof": "" },
        "carer": { "name": "张大山", "id_number": grandfather(), "phone": "13900000001", "relation": "祖父" },
        "account": { "kind": "guardian", "holder": "张大山", "id_number": grandfather(), "bank": "农商行", "account": "6217000000000001" },
        "consent": true,
    })
}

/// The township's opinion.
pub(super) fn opinion(father_is: &str, mother_is: &str, since: &str) -> Value {
    json!({
        "methods": ["data", "visit"],
        "father": { "state": father_is, "since": "2026-01-10", "until": "", "proof": "" },
        "mother": { "state": mother_is, "since": since, "until": "", "proof": "" },
        "guardian_able": true, "child_seen": true, "agrees": true,
        "findings": "入户见到孩子和祖父，母亲外出后一直没有联系。",
        "without_data": "", "differs": "两个部门的数据更新不一致" ,
    })
}

/// An opinion of the county.
pub(super) fn yes() -> Value {
    json!({ "agrees": true, "reasons": "符合条件" })
}

/// Why.
pub(super) fn reasons(text: &str) -> Value {
    json!({ "reasons": text })
}

impl Desk {
    pub(super) async fn new() -> Self {
        let departments = Departments::default();
        let (sharing, bank) = departments.start().await;
        let world = World::with(&sharing, &bank).await;
        let county = |nth, name| officer(nth, name, Role::ChildCounty, "420323");
        Self {
            guardian: world.citizen(&grandfather()),
            supervisor: officer(1, "王督导", Role::ChildSupervisor, CHENGGUAN),
            first: county(2, "许丽华"),
            second: county(3, "刘敏"),
            payments: Payments::new(world.rt.clone()),
            departments,
            world,
        }
    }

    /// Handed in by the guardian, data answered.
    pub(super) async fn applied(&self, item: &str, form: Value) -> String {
        let case = self
            .submit(&self.guardian, item, CHENGGUAN, form)
            .await
            .unwrap();
        self.rest().await;
        case.number
    }

    /// Examined by one, decided by the other.
    pub(super) async fn both(&self, number: &str, data: Value) -> Result<pb::Case, Fault> {
        self.act(&self.first, number, "propose", data).await?;
        self.act(&self.second, number, "decide", yes()).await
    }

    /// From the form to the first month: 事实无人抚养, father dead, mother lost since last year.
    pub(super) async fn unattended(&self) -> String {
        let form = form("dead", "out_of_contact", "2025-10-01");
        let number = self.applied("unattended-child", form).await;
        let verify = opinion("dead", "out_of_contact", "2025-10-01");
        self.act(&self.supervisor, &number, "verify", verify)
            .await
            .unwrap();
        let case = self.both(&number, yes()).await.unwrap();
        assert_eq!(case.state, "paid");
        number
    }

    /// The case as the county reads it.
    pub(super) async fn case(&self, number: &str) -> pb::Case {
        self.get_as(&self.first, number).await.unwrap()
    }

    /// An event of another service on the case.
    pub(super) async fn told(&self, number: &str, act: &str, data: Value) -> Result<(), Fault> {
        let mut tx = self.db.pool.begin().await.unwrap();
        system::act(&self.rt, &mut tx, number, act, data, "测试").await?;
        tx.commit().await.unwrap();
        Ok(())
    }

    /// Makes, sends and settles until nothing is due.
    pub(super) async fn pay(&self) {
        pay(&self.payments).await;
    }

    /// `month kind part fen state` of every payment, in order.
    pub(super) async fn payments(&self) -> Vec<String> {
        self.texts(
            "select to_char(month, 'YYYY-MM') || ' ' || kind || ' ' || part || ' ' || fen || ' ' || state
               from child.payment order by month, made_at, id",
        )
        .await
    }

    /// The subjects of the outbox that begin with this.
    pub(super) async fn events(&self) -> Vec<String> {
        self.texts("select subject from chassis.outbox where subject ~ '^yiwang.child.(orphan|sw)' order by seq").await
    }
}
