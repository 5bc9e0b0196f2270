//! Who may do what with a batch.

use yiwang_chassis::{
    fault::Code,
    identity::{Caller, Role},
};
use yiwang_proto::marriage::v1::{self as pb, archive_server::Archive};

use super::desk::{Desk, csv, first, marriage, second, third, with};
use crate::{
    stage::{as_caller, unwrap},
    world::{XIANAN, ZHUSHAN},
};

/// An officer who has nothing to do with the archive of 竹山县.
fn others() -> Vec<Caller> {
    vec![
        XIANAN.officer(10, "外县", Role::Clerk),
        ZHUSHAN.officer(20, "审计", Role::Auditor),
        ZHUSHAN.officer(21, "审批", Role::Approver),
        ZHUSHAN.officer(22, "群众", Role::Citizen),
    ]
}

#[tokio::test]
async fn to_others_a_batch_does_not_exist() {
    let mut desk = Desk::new().await;
    let file = csv(&[marriage(1, 2, "2015-05-20")]);
    let batch = desk.compared(&file, &file).await;
    for who in others() {
        let id = batch.clone();
        let get = as_caller(&who, pb::GetBatchRequest { id: id.clone() });
        let list = pb::ListProblemsRequest {
            batch: id.clone(),
            ..Default::default()
        };
        let publish = pb::PublishBatchRequest {
            idempotency_key: "k".into(),
            id,
        };
        let outcomes = [
            unwrap(desk.service.get_batch(get).await).err(),
            unwrap(desk.service.list_problems(as_caller(&who, list)).await).err(),
            unwrap(desk.service.publish_batch(as_caller(&who, publish)).await).err(),
            desk.decide(&who, &batch, 2, "drop").await.err(),
            desk.upload(&who, &batch, 1, &file).await.err(),
        ];
        for fault in outcomes {
            let fault = fault.unwrap();
            assert_eq!(
                (fault.code, &*fault.reason),
                (Code::NotFound, "BATCH_NOT_FOUND")
            );
        }
    }
    let listed = async |who: &Caller| {
        let request = as_caller(who, pb::ListBatchesRequest {});
        unwrap(desk.service.list_batches(request).await).map(|list| list.batches.len())
    };
    assert_eq!(listed(&third()).await.unwrap(), 1);
    assert_eq!(listed(&others()[0]).await.unwrap(), 0);
    assert_eq!(
        listed(&others()[1]).await.unwrap_err().code,
        Code::Forbidden
    );
}

#[tokio::test]
async fn a_batch_belongs_to_a_place_of_its_maker() {
    let desk = Desk::new().await;
    let create = async |who: &Caller, title: &str, division: &str| {
        let request = pb::CreateBatchRequest {
            idempotency_key: format!("of-{division}"),
            title: title.into(),
            division: division.into(),
        };
        unwrap(desk.service.create_batch(as_caller(who, request)).await)
    };
    let cases = [
        ("档", "420323100", "/title"),
        ("结婚档案", "", "/division"),
        ("结婚档案", "420300", "/division"),
        ("结婚档案", "999999", "/division"),
    ];
    for (title, division, field) in cases {
        let refused = create(&first(), title, division).await.unwrap_err();
        assert_eq!(refused.fields[0].field, field, "{title} {division}");
    }
    let elsewhere = create(&first(), "结婚档案", "421202001").await.unwrap_err();
    assert_eq!(elsewhere.code, Code::Forbidden);
    let auditor = create(&others()[1], "结婚档案", "420323")
        .await
        .unwrap_err();
    assert_eq!(auditor.code, Code::Forbidden);
    let made = create(&first(), "结婚档案", "420323").await.unwrap();
    assert_eq!(create(&first(), "结婚档案", "420323").await.unwrap(), made);
}

#[tokio::test]
async fn a_row_is_decided_by_a_third_or_a_registrar_with_a_reason() {
    let mut desk = Desk::new().await;
    let one = marriage(1, 2, "2015-05-20");
    let other = with(one.clone(), &[("登记日期", "2015-02-30")]);
    let batch = desk.compared(&csv(&[one]), &csv(&[other])).await;
    for typist in [first(), second()] {
        let refused = desk.decide(&typist, &batch, 2, "first").await.unwrap_err();
        assert_eq!(
            (refused.code, &*refused.reason),
            (Code::Forbidden, "SAME_PERSON")
        );
    }
    let unusable = desk
        .decide(&third(), &batch, 2, "second")
        .await
        .unwrap_err();
    assert_eq!(unusable.fields[0].reason, "ROW_UNUSABLE");
    let nothing = desk.decide(&third(), &batch, 3, "drop").await.unwrap_err();
    assert_eq!(nothing.reason, "ROW_NOT_FOUND");
    let wild = desk.decide(&third(), &batch, 2, "both").await.unwrap_err();
    assert_eq!(wild.fields[0].field, "/choice");
    let silent = pb::DecideRowRequest {
        idempotency_key: "silent".into(),
        batch: batch.clone(),
        row: 2,
        choice: "first".into(),
        reason: " ".into(),
    };
    let silent = unwrap(desk.service.decide_row(as_caller(&third(), silent)).await);
    assert_eq!(silent.unwrap_err().fields[0].field, "/reason");

    let registrar = ZHUSHAN.registrar();
    assert_eq!(
        desk.decide(&registrar, &batch, 2, "drop")
            .await
            .unwrap()
            .problems,
        0
    );
    // Until it is published, another word may follow.
    desk.decide(&third(), &batch, 2, "first").await.unwrap();
    let reasons = "select concat_ws(' ', purpose, detail ->> 'choice') from chassis.audit_entry
                    where action = 'archive.row.decide' order by id";
    assert_eq!(
        desk.world.texts(reasons).await,
        ["与原件核对 drop", "与原件核对 first"]
    );
    desk.publish(&batch).await.unwrap();
    let late = desk.decide(&third(), &batch, 2, "drop").await.unwrap_err();
    assert_eq!(late.reason, "WRONG_STATE");
    desk.until(&batch, "published").await;
    assert_eq!(desk.records().await.len(), 1);
}
