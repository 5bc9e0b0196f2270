//! The table of acts (rules B2.1 to B2.3).

use yiwang_casework::{
    ActionSpec, By,
    acts::{act, grave, of, with},
};

use super::{
    action as data,
    state::{AFTER, AT_HOME, COUNTY, GRANTED, OFFICE, OPEN, SIGNED, State, TOWNSHIP, WINDOW},
};

const ELSEWHERE: By = By::Roles(WINDOW);
const HOME: By = By::Roles(TOWNSHIP);
const CIVIL: By = By::Roles(COUNTY);
const BOTH: By = By::Roles(OFFICE);

/// All acts.
pub(in crate::domain::entitlements) const ACTS: &[ActionSpec<State>] = &[
    with(
        act(
            "supplement",
            "补充材料",
            "按一次性告知补充；没有这种证明的写明原因。",
            By::Applicant,
            &[State::Returned],
        ),
        of::<data::Supplement>,
    ),
    grave(act(
        "withdraw",
        "撤回申请",
        "撤回以后可以再申请。",
        By::ApplicantInPerson,
        &[State::Received, State::Returned, State::Verifying],
    )),
    with(
        act(
            "report_change",
            "报告变化",
            "父母、孩子、照料人的情况有变化，及时告诉我们。",
            By::Applicant,
            &[State::Paid, State::Suspended],
        ),
        of::<data::Report>,
    ),
    with(
        act(
            "change_account",
            "更换账号",
            "还是原来的领取人，换一张卡。",
            By::ApplicantInPerson,
            GRANTED,
        ),
        of::<data::ChangeAccount>,
    ),
    with(
        act(
            "ask_papers",
            "一次性告知补充",
            "数据里查得到的不再要；要的一次说清。",
            ELSEWHERE,
            &[State::Received, State::Verifying],
        ),
        of::<data::AskPapers>,
    ),
    act(
        "forward",
        "转户籍地",
        "材料齐全后3个工作日内转给孩子户籍地的乡镇（街道）。",
        ELSEWHERE,
        &[State::Received],
    ),
    with(
        act(
            "tell_result",
            "登记告知结果",
            "收到户籍地的结果后3个工作日内告诉申请人。",
            ELSEWHERE,
            &[State::ToTell, State::Paid],
        ),
        of::<data::Tell>,
    ),
    act(
        "compare",
        "再次核对数据",
        "向公安、法院、监狱、残联、卫健、教育等部门核对。",
        HOME,
        AT_HOME,
    ),
    with(
        act(
            "correct",
            "更正信息",
            "按核实的情况更正；申请人不能更换。",
            HOME,
            AT_HOME,
        ),
        of::<data::Correct>,
    ),
    with(
        act(
            "emergency_aid",
            "登记应急救助",
            "孩子有危险或者没人照看的，先救助、先照料，不等审批。",
            BOTH,
            OPEN,
        ),
        of::<data::Aid>,
    ),
    with(
        act(
            "verify",
            "登记查验意见",
            "自受理起15个工作日内；先用数据，查不到的再看材料、入户。不公示。",
            HOME,
            &[State::Verifying, State::Review],
        ),
        of::<data::Verify>,
    ),
    with(
        act(
            "propose",
            "初审",
            "由一名工作人员初审，另一名决定。",
            CIVIL,
            &[State::Confirming, State::Reconfirming],
        ),
        of::<data::Propose>,
    ),
    with(
        act(
            "propose_payee",
            "改变领取人",
            "发给监护人；监护人不能管理的，发给实际照料人或者机构。由另一名工作人员决定。",
            CIVIL,
            SIGNED,
        ),
        of::<data::ProposePayee>,
    ),
    grave(with(
        act(
            "decide",
            "决定",
            "由另一名工作人员用自己的账号决定，不能是初审的人。",
            CIVIL,
            SIGNED,
        ),
        of::<data::Propose>,
    )),
    with(
        act(
            "send_back",
            "退回重新查验",
            "写明要查清什么。",
            CIVIL,
            &[State::Confirming, State::Reconfirming],
        ),
        of::<data::Reasons>,
    ),
    with(
        act(
            "agreement",
            "登记养育协议",
            "和监护人或者照料人签订，写明照料责任。",
            BOTH,
            GRANTED,
        ),
        of::<data::Agreement>,
    ),
    with(
        act(
            "enter_national",
            "登记全国系统编号",
            "录入全国儿童福利信息系统以后登记。",
            CIVIL,
            GRANTED,
        ),
        of::<data::National>,
    ),
    with(
        act(
            "school_check",
            "登记就学核实",
            "年满18周岁先核实是否在校；在校的继续发放，每年再核实。",
            BOTH,
            GRANTED,
        ),
        of::<data::SchoolCheck>,
    ),
    with(
        act(
            "start_recheck",
            "开始复核",
            "写明要核实什么。",
            BOTH,
            &[State::Paid],
        ),
        of::<data::Reasons>,
    ),
    with(
        act(
            "recheck",
            "登记复核意见",
            "核实清楚以前照常发放。",
            HOME,
            &[State::Recheck],
        ),
        of::<data::Recheck>,
    ),
    grave(with(
        act(
            "suspend",
            "暂停发放",
            "只在钱可能落到不该领取的人手里、或者已经发现多发时用。",
            CIVIL,
            &[State::Paid, State::Recheck, State::Reconfirming],
        ),
        of::<data::Reasons>,
    )),
    with(
        act(
            "resume",
            "恢复发放",
            "暂停期间的一并补发。",
            CIVIL,
            &[State::Suspended],
        ),
        of::<data::Reasons>,
    ),
    with(
        act(
            "recover",
            "登记追回",
            "多发的钱追回以后登记。",
            CIVIL,
            AFTER,
        ),
        of::<data::Recover>,
    ),
    act("compared", "部门数据回复", "", By::System, OPEN),
    act("compare_due", "每月比对", "", By::System, GRANTED),
    act("adult_due", "核实就学到期", "", By::System, GRANTED),
    with(
        act("person_changed", "亲属情况变化", "", By::System, OPEN),
        of::<data::PersonChanged>,
    ),
    with(
        act("aid_changed", "其他待遇变化", "", By::System, OPEN),
        of::<data::AidChanged>,
    ),
    with(
        act("custody_changed", "照料变化", "", By::System, OPEN),
        of::<data::CustodyChanged>,
    ),
    with(
        act("adopted", "被收养", "", By::System, OPEN),
        of::<data::Adopted>,
    ),
    with(
        act("child_died", "儿童死亡", "", By::System, OPEN),
        of::<data::ChildDied>,
    ),
    with(
        act("payment_settled", "发放结果", "", By::System, AFTER),
        of::<data::PaymentSettled>,
    ),
];
