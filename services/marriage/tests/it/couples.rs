//! People who marry, and what a counter does with them.

use serde_json::{Value, json};
use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

use crate::{
    stage::id_number,
    world::{Office, World},
};

/// Two people by serial, the man odd, the woman even.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Couple(pub(crate) u32, pub(crate) u32);

impl Couple {
    /// ID number of the first.
    pub(crate) fn a(self) -> String {
        id_number(self.0)
    }

    /// ID number of the second.
    pub(crate) fn b(self) -> String {
        id_number(self.1)
    }

    fn parties(self, hall: &str, stated: &str) -> Value {
        let party = |name: &str, serial, household: &str| {
            json!({ "name": name, "id_number": id_number(serial), "household": household,
                    "stated": stated })
        };
        json!({ "hall": hall, "a": party("张三", self.0, "420323100"),
                "b": party("李四", self.1, "640302106") })
    }

    /// 申请结婚登记 of two who never married before.
    pub(crate) fn wedding(self, office: Office) -> Value {
        self.parties(office.hall, "single")
    }

    /// The same by two who have been divorced.
    pub(crate) fn again(self, office: Office) -> Value {
        self.parties(office.hall, "divorced")
    }

    /// 离婚登记申请 with one child.
    pub(crate) fn divorce(self, office: Office) -> Value {
        let mut form = self.parties(office.hall, "single");
        form["registered_in"] = "mainland".into();
        form["certificates"] = "both".into();
        form["agreement"] = json!({
            "will": true,
            "children": [{ "name": "张小", "born": "2020-06-01", "raised_by": "b",
                           "support": "每月一千五百元" }],
            "property": "各自名下归各自", "debts": "没有共同债务",
        });
        form
    }

    /// 补领结婚证 by the first alone.
    pub(crate) fn reissue(self, office: Office) -> Value {
        let both = self.parties(office.hall, "single");
        json!({ "hall": office.hall, "a": both["a"], "which": "marriage",
                "lost_statement": true })
    }

    /// 法院裁判备注: a divorce that took effect on this day.
    pub(crate) fn judgment(self, office: Office, number: &str, on: &str) -> Value {
        let mut form = self.parties(office.hall, "single");
        form["paper"] = json!({ "kind": "divorce_judgment", "number": "（2026）鄂1202民初18号",
                                "court": "咸宁市咸安区人民法院", "effective_on": on });
        form["record_number"] = number.into();
        form
    }
}

impl World {
    /// From the counter to the declaration, which both have signed.
    pub(crate) async fn declared(&self, office: Office, form: Value) -> Result<String, Fault> {
        let clerk = office.registrar();
        let case = self
            .submit(&clerk, "marriage-registration", office, form)
            .await?;
        self.until(&case.number, "declaration").await;
        let signed = json!({ "both_present": true, "a_signed": true, "b_signed": true,
                             "illness_told": true });
        self.act(&clerk, &case.number, "declare", signed).await?;
        Ok(case.number)
    }

    /// 准予登记.
    pub(crate) async fn register(&self, office: Office, number: &str) -> Result<pb::Case, Fault> {
        let yes = json!({ "a_willing": true, "b_willing": true });
        self.act(&office.registrar(), number, "register", yes).await
    }

    /// The whole way; the case's number.
    pub(crate) async fn wed(&self, office: Office, couple: Couple) -> String {
        let number = self.declared(office, couple.wedding(office)).await.unwrap();
        let case = self.register(office, &number).await.unwrap();
        assert_eq!(case.state, "registered");
        number
    }

    /// A divorce application that is accepted; its number.
    pub(crate) async fn divorce_accepted(&self, office: Office, couple: Couple) -> String {
        let clerk = office.registrar();
        let form = couple.divorce(office);
        let case = self
            .submit(&clerk, "divorce-registration", office, form)
            .await
            .unwrap();
        self.rest().await;
        let both = json!({ "both_present": true });
        let case = self
            .act(&clerk, &case.number, "accept", both)
            .await
            .unwrap();
        assert_eq!(case.state, "cooling");
        case.number
    }

    /// 发给离婚证, with an identity check of that day.
    pub(crate) async fn divorce(&self, office: Office, number: &str) -> Result<pb::Case, Fault> {
        let clerk = office.registrar();
        let asked = self.act(&clerk, number, "recheck_identity", json!({}));
        asked.await?;
        self.rest().await;
        let all = json!({ "both_present": true, "a_willing": true, "b_willing": true,
                          "agreement_confirmed": true, "a_signed": true, "b_signed": true });
        self.act(&office.registrar(), number, "register", all).await
    }
}
