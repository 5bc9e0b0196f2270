//! 公民身后一件事 (国办函〔2025〕3号; rules D2): everything after a death, from one form.
//!
//! ```text
//! death ─┬─> funeral ─> cremation ─┬─> pension
//!        ├─> household ────────────┼─> medical
//!        ├─> licence               ├─> housing-fund
//!        ├─> benefits              └─> cards
//!        └─> marriage
//! ```

use crate::one_thing::definition::{Act, Clock, Definition, Fact, Span, Step, Ticket, Undo, When};

const POLICE: &str = "police-household";
const TRAFFIC: &str = "traffic-police";
const MEDICAL: &str = "medical-insurance";
const SOCIAL: &str = "social-insurance";
const HOUSING: &str = "housing-fund";

const fn ticket(department: &'static str, matter: &'static str) -> Ticket {
    Ticket { department, matter }
}

/// The one-thing.
pub(crate) static AFTER_DEATH: Definition = Definition {
    code: "after-death",
    version: 1,
    prefix: "YS",
    title: "公民身后一件事",
    void_when: Some(Fact::DeathRevoked),
    steps: &[
        Step {
            code: "death",
            title: "死亡证明",
            owner: "卫生健康部门（非正常死亡由公安机关）",
            after: &[],
            when: When::Always,
            // By sharing: the paper is not asked for (国令第716号 7).
            act: Act::Fact(Fact::Died),
            undo: Undo::Nothing("只是核实，没有改变什么"),
            pivot: false,
            clock: Some(Clock {
                span: Span::Days(1),
                source: "国家卫生健康委等《关于进一步规范人口死亡医学证明和信息登记管理工作的通知》",
            }),
        },
        Step {
            code: "funeral",
            title: "遗体接运、治丧服务",
            owner: "殡仪馆",
            after: &["death"],
            when: When::Is("/funeral", "arrange"),
            act: Act::File("funeral"),
            undo: Undo::Officer("请与殡仪馆联系，撤回还没有开始的治丧服务。"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "household",
            title: "户口注销、居民身份证收缴",
            owner: "公安机关户籍部门",
            after: &["death"],
            when: When::Always,
            act: Act::Ticket(ticket(POLICE, "household-cancellation")),
            undo: Undo::Ticket(ticket(POLICE, "household-restoration")),
            // D1: what the law has done is not rolled back because somebody thinks again.
            pivot: true,
            clock: Some(Clock {
                span: Span::WorkingDays(2),
                source: "湖南省“公民身后一件事”办事指南；户口登记条例 8",
            }),
        },
        Step {
            code: "licence",
            title: "机动车驾驶证注销",
            owner: "公安机关交通管理部门",
            after: &["death"],
            when: When::Ticked("/licence"),
            act: Act::Ticket(ticket(TRAFFIC, "licence-cancellation")),
            undo: Undo::Ticket(ticket(TRAFFIC, "licence-restoration")),
            pivot: true,
            clock: None,
        },
        Step {
            code: "benefits",
            title: "停发低保、特困、高龄津贴等待遇",
            owner: "民政部门",
            after: &["death"],
            when: When::Known(Fact::OnBenefit),
            act: Act::Fact(Fact::OffBenefits),
            undo: Undo::Nothing("死亡登记撤销后由民政部门恢复待遇、补发"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "marriage",
            title: "配偶婚姻状况变更为丧偶",
            owner: "婚姻登记机关",
            after: &["death"],
            when: When::Known(Fact::Married),
            act: Act::Fact(Fact::Widowed),
            undo: Undo::Nothing("死亡登记撤销后由婚姻登记机关恢复（民法典 51）"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "cremation",
            title: "火化、火化证明",
            owner: "殡仪馆",
            after: &["death", "funeral"],
            when: When::IsNot("/funeral", "burial"),
            act: Act::Fact(Fact::Cremated),
            undo: Undo::Never("遗体已经火化，不能恢复；请联系殡仪馆和家属核对逝者身份。"),
            pivot: true,
            clock: None,
        },
        Step {
            code: "medical",
            title: "医保停保、个人账户一次性支取",
            owner: "医疗保障部门",
            after: &["household"],
            when: When::Ticked("/medical"),
            act: Act::Ticket(ticket(MEDICAL, "account-closing")),
            undo: Undo::Ticket(ticket(MEDICAL, "account-restoration")),
            pivot: true,
            clock: None,
        },
        Step {
            code: "pension",
            title: "养老待遇终止、个人账户返还、丧葬补助金和抚恤金",
            owner: "人力资源社会保障部门",
            after: &["household", "cremation"],
            when: When::Ticked("/pension"),
            act: Act::Ticket(ticket(SOCIAL, "pension-ending")),
            undo: Undo::Ticket(ticket(SOCIAL, "pension-restoration")),
            pivot: true,
            clock: None,
        },
        Step {
            code: "housing-fund",
            title: "住房公积金提取",
            owner: "住房公积金管理中心",
            after: &["household"],
            when: When::Ticked("/housing_fund"),
            act: Act::Ticket(ticket(HOUSING, "death-withdrawal")),
            undo: Undo::Never("公积金已经付给继承人，只能依法追回。"),
            pivot: true,
            // 住房公积金管理条例 25: within three days of the application.
            clock: Some(Clock {
                span: Span::Days(3),
                source: "住房公积金管理条例 25",
            }),
        },
        Step {
            code: "cards",
            title: "社会保障卡、老年优待证注销",
            owner: "人力资源社会保障部门",
            after: &["household"],
            when: When::Always,
            act: Act::Ticket(ticket(SOCIAL, "card-cancellation")),
            undo: Undo::Ticket(ticket(SOCIAL, "card-restoration")),
            pivot: true,
            clock: None,
        },
    ],
};
