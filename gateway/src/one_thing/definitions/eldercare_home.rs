//! 我要开养老院一件事 (S4 34; rules D5): from the first licence to the filing and the subsidy.
//!
//! ```text
//! licence | organisation ─> construction, food, clinic, environment ─> opening ─> filing ─> subsidy
//! ```

use super::{CONSTRUCTION, ECOLOGY, HEALTH, MARKET, ticket};
use crate::one_thing::definition::{
    Act, Ask, Clock, Definition, Span, Starter, Step, Subject, Undo, When,
};

/// The one-thing.
pub(crate) static ELDERCARE_HOME: Definition = Definition {
    code: "eldercare-home",
    version: 1,
    prefix: "YL",
    title: "我要开养老院一件事",
    about: "营业执照或者登记、消防、食品、医疗、环保、养老机构备案和补贴，一个窗口收，一起办。",
    starter: Starter::Anybody,
    subject: Subject::Matter("/name"),
    place: "/place",
    once: false,
    handed_in: "已经提交。各部门按先后一起办，缺什么一次告诉您；这一页随时看得到办到哪里。",
    void_when: None,
    steps: &[
        Step {
            code: "licence",
            title: "营业执照",
            owner: "市场监督管理部门",
            after: &[],
            when: When::Is("/kind", "profit"),
            act: Act::Ticket(ticket(MARKET, "business-licence")),
            undo: Undo::Officer("请与市场监督管理部门联系，撤回申请或者注销执照。"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "organisation",
            title: "社会服务机构（民办非企业单位）登记",
            owner: "县级民政部门",
            after: &[],
            when: When::Is("/kind", "nonprofit"),
            act: Act::Officer("民政部门正在审查章程、验资和名称。"),
            undo: Undo::Officer("请与登记管理机关联系，撤回申请或者注销登记。"),
            pivot: false,
            // 60 days from all materials.
            clock: Some(Clock {
                span: Span::Days(60),
                source: "民办非企业单位登记管理暂行条例 11",
            }),
        },
        Step {
            code: "construction",
            title: "建设工程消防验收或者备案",
            owner: "住房城乡建设部门",
            after: &["licence", "organisation"],
            when: When::Always,
            act: Act::Ticket(ticket(CONSTRUCTION, "fire-acceptance")),
            undo: Undo::Officer("请与住房城乡建设部门联系，撤回申请。"),
            pivot: false,
            clock: Some(Clock {
                span: Span::WorkingDays(15),
                source: "建设工程消防设计审查验收管理暂行规定（消防验收15个工作日）",
            }),
        },
        Step {
            code: "food",
            title: "食品经营许可",
            owner: "市场监督管理部门",
            after: &["licence", "organisation"],
            when: When::Ticked("/canteen"),
            act: Act::Ticket(ticket(MARKET, "food-licence")),
            undo: Undo::Officer("请与市场监督管理部门联系，撤回申请或者注销许可。"),
            pivot: false,
            clock: Some(Clock {
                span: Span::WorkingDays(20),
                source: "行政许可法 42",
            }),
        },
        Step {
            code: "clinic",
            title: "内设医疗机构备案",
            owner: "卫生健康部门",
            after: &["licence", "organisation"],
            when: When::Ticked("/clinic"),
            act: Act::Ticket(ticket(HEALTH, "clinic-filing")),
            undo: Undo::Officer("请与卫生健康部门联系，撤回备案。"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "environment",
            title: "环境影响登记表备案",
            owner: "生态环境部门",
            after: &["licence", "organisation"],
            when: When::Always,
            act: Act::Ticket(ticket(ECOLOGY, "impact-filing")),
            undo: Undo::Officer("请与生态环境部门联系，撤回备案。"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "opening",
            title: "收住第一位老人",
            owner: "养老机构",
            after: &["construction", "food", "clinic", "environment"],
            when: When::Always,
            act: Act::Applicant(Ask {
                words: "前面的都办好以后才能收住老人。收住第一位老人的当天，在这里点“已经办好”；养老机构备案要在10个工作日内办。",
                link: None,
            }),
            undo: Undo::Nothing("是否收住老人由养老机构自己决定"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "filing",
            title: "养老机构备案",
            owner: "县级民政部门",
            after: &["opening"],
            when: When::Always,
            act: Act::Officer(
                "民政部门正在核对备案申请书、登记证书和合规承诺书，齐全的出具备案回执。",
            ),
            undo: Undo::Officer("请注销养老机构备案，并通知机构安置老人。"),
            pivot: false,
            clock: Some(Clock {
                span: Span::WorkingDays(10),
                source: "养老机构管理办法（民政部令第66号）：收住老人后10个工作日内备案",
            }),
        },
        Step {
            code: "subsidy",
            title: "建设补贴、运营补贴",
            owner: "县级民政部门",
            after: &["filing"],
            when: When::Ticked("/subsidy"),
            act: Act::Officer("民政部门正在核对床位和入住情况，按当地标准发放。"),
            undo: Undo::Officer("请追回已经发放的补贴。"),
            pivot: false,
            clock: None,
        },
    ],
};
