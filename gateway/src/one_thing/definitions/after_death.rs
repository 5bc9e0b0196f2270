//! 公民身后一件事 (国办函〔2025〕3号; rules D2): everything after a death, from one form.
//!
//! ```text
//! kinship ─> sole ─> death ─┬─> funeral ─> cremation ─┐
//!                           ├─> household ────────────┴─> pension
//!                           │     └─> medical, housing-fund, cards
//!                           └─> licence, benefits, marriage
//! cremation ─┬─> waiver
//!            └─> ashes ─> eco-subsidy
//! ```
//! Whether somebody died, drew benefits or was married is read for relatives only: so kinship is
//! first, and until it is known nothing here depends on the person asked about.

use super::{HOUSING, MEDICAL, POLICE, SOCIAL, TRAFFIC, ticket};
use crate::one_thing::definition::{
    Act, Clock, Definition, Fact, Ground, Span, Starter, Step, Subject, Undo, When,
};

/// The one-thing.
pub(crate) static AFTER_DEATH: Definition = Definition {
    code: "after-death",
    version: 1,
    prefix: "YS",
    title: "公民身后一件事",
    about: "亲人离世后的火化、户口、驾驶证、医保、社保、公积金，一张表办完。",
    starter: Starter::Anybody,
    subject: Subject::Other("/id_number"),
    place: "/household",
    once: true,
    handed_in: "已经提交。先核对您和逝者的亲属关系，核对上以后各部门马上开始办；这一页随时看得到办到哪里。",
    void_when: Some(Ground {
        fact: Fact::DeathRevoked,
        words: "死亡登记已经撤销",
    }),
    steps: &[
        Step {
            code: "kinship",
            title: "核对您和逝者的亲属关系",
            owner: "公安机关户籍部门",
            after: &[],
            when: When::Always,
            act: Act::Ask(ticket(POLICE, "kinship-check")),
            undo: Undo::Nothing("只是核对，没有改变什么"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "sole",
            title: "核对家里有没有人已经在办",
            owner: "民政部门",
            after: &["kinship"],
            when: When::Always,
            act: Act::Sole,
            undo: Undo::Nothing("只是核对，没有改变什么"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "death",
            title: "死亡证明",
            owner: "卫生健康部门（非正常死亡由公安机关）",
            after: &["sole"],
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
            title: "向殡仪馆报丧",
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
                source: "户口登记条例 8；各地办事指南，例如湖南省",
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
            code: "waiver",
            title: "惠民殡葬减免、殡仪馆结算",
            owner: "殡仪馆",
            after: &["cremation"],
            when: When::IsNot("/funeral", "burial"),
            // On the spot, without an application (rules F10).
            act: Act::Fact(Fact::Billed),
            undo: Undo::Officer("请与殡仪馆核对账单，更正死亡登记错误造成的减免。"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "ashes",
            title: "骨灰节地生态安葬",
            owner: "公墓、殡仪馆",
            after: &["cremation"],
            when: When::Ticked("/eco"),
            act: Act::Fact(Fact::LaidToRest),
            undo: Undo::Nothing("请联系公墓和家属核对逝者身份"),
            pivot: false,
            clock: None,
        },
        Step {
            code: "eco-subsidy",
            title: "申请生态安葬奖补",
            owner: "民政部门",
            after: &["ashes"],
            when: When::TickedAndKnown("/eco", Fact::LaidEcologically),
            act: Act::File("eco-subsidy"),
            undo: Undo::Officer("请撤回还没有发放的生态安葬奖补申请，已经发放的依法追回。"),
            pivot: false,
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
