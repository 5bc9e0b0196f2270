//! Every act on a file.

use jiff::civil::Date;

use crate::domain::{
    fields::{Day, DayOrNone, DivisionCode, HomeAddress, LongText, Name, PhoneRow, ShortText},
    welfare::{
        visit::Visit,
        words::{EndReason, Guardianship, Level, Living, Need, Overlay, Service},
    },
};
use yiwang_casework::{Papers, Photos};

yiwang_casework::actions! {
    /// 登记.
    Register(Situation) = "register";
    /// 核实.
    Verify(Verify) = "verify";
    /// 签订监护责任确认书.
    Letter(Letter) = "letter";
    /// 开始服务.
    Start(Start) = "start";
    /// 走访.
    Visit(Box<Visit>) = "visit";
    /// A visit of a phone.
    SyncVisit(SyncVisit) = "sync_visit";
    /// Two values of a visit: somebody chooses.
    SettleVisit(SettleVisit) = "settle_visit";
    /// 提供服务.
    Serve(Serve) = "serve";
    /// 调整风险等级.
    SetLevel(SetLevel) = "set_level";
    /// 更新档案.
    Refresh(Situation) = "refresh";
    /// 风险处理完毕.
    CloseRisk(CloseRisk) = "close_risk";
    /// 迁出.
    MoveOut(MoveOut) = "move_out";
    /// 结束.
    End(End) = "end";
    /// A visit was not made in time.
    VisitOverdue = "visit_overdue";
    /// Nor after the supervisor's alarm.
    CountyAlarm = "county_alarm";
    /// Old enough.
    Aged = "aged";
    /// A protection case was opened.
    RiskRaised(CaseNumber) = "risk_raised";
    /// Adopted.
    Adopted(Adopted) = "adopted";
    /// Died.
    ChildDied(ChildDied) = "child_died";
    /// A parent or carer died, married, …
    PersonChanged(PersonChanged) = "person_changed";
    /// Another one answers for the child.
    CustodyChanged(CustodyChanged) = "custody_changed";
}

yiwang_casework::act_data! {
    /// How it stands now.
    Situation {
        guardianship: Guardianship, "Guardianship", "实际由谁监护", "";
        living: Living, "Living", "现在的生活", "";
        needs: Vec<Need>, "Vec<Need>", "困境类别", "可以多选。";
        overlays: Vec<Overlay>, "Vec<Overlay>", "其他情况", "可以多选。";
        level: Level, "Level", "风险等级", "";
        reasons: String, "LongText", "评定等级的理由", "";
        ? address: String, "HomeAddress", "现在住哪里", "没有变的不填。";
        ? school: String, "ShortText", "学校、年级", "没有变的不填。";
    }
    /// The township's word.
    Verify {
        agrees: bool, "bool", "情况属实，应当建档", "不属实的不勾，退回儿童主任。";
        level: Level, "Level", "核定的风险等级", "";
        reasons: String, "LongText", "核实情况", "";
    }
    /// 监护责任确认书.
    Letter {
        guardian: String, "Name", "签字的监护人、受托人", "";
        signed_on: Date, "Day", "签订日期", "";
        paper: Papers, "Papers", "确认书照片或者扫描件", "";
    }
    /// What will be done.
    Start {
        plan: String, "LongText", "服务安排", "准备做什么、谁来做。";
        ? no_letter: String, "LongText", "没有签确认书的原因", "已经签订的不填。";
    }
    /// A row of a phone; only what it changed.
    SyncVisit {
        id: String, "ShortText", "走访编号", "由手机页面填写。";
        device: String, "ShortText", "手机编号", "由手机页面填写。";
        count: i64, "i64", "第几次上传", "由手机页面填写。";
        base: i64, "i64", "看到的版本", "由手机页面填写。";
        made_at: String, "ShortText", "走访时间", "";
        fields: String, "PhoneRow", "走访内容", "由手机页面填写。";
        ? photos: Photos, "Photos", "照片", "";
    }
    /// Which of two values.
    SettleVisit {
        visit: String, "ShortText", "走访编号", "";
        sent: Vec<String>, "Vec<String>", "采用后上传的哪些项", "没有列出的，保留原来的。";
    }
    /// Something done for the child.
    Serve {
        kind: Service, "Service", "服务", "";
        what: String, "LongText", "做了什么", "";
        by: String, "ShortText", "谁提供的", "";
    }
    /// Another level.
    SetLevel {
        level: Level, "Level", "风险等级", "";
        reasons: String, "LongText", "理由", "";
    }
    /// The danger is over.
    CloseRisk {
        reasons: String, "LongText", "怎么处理的、儿童现在怎样", "";
        level: Level, "Level", "现在的风险等级", "";
    }
    /// To another place.
    MoveOut {
        to: String, "DivisionCode", "迁到哪里", "选到乡镇（街道）。";
        receiver: String, "ShortText", "迁入地接收人", "姓名和电话。";
        reasons: String, "LongText", "说明", "";
    }
    /// It ends.
    End {
        reason: EndReason, "EndReason", "结束原因", "";
        reasons: String, "LongText", "说明", "";
    }
    /// Another case.
    CaseNumber {
        case_number: String, "ShortText", "办件编号", "";
    }
    /// 收养.
    Adopted {
        case_number: String, "ShortText", "收养办件编号", "";
        on: Date, "Day", "登记日期", "";
    }
    /// 死亡.
    ChildDied {
        died_on: Date, "Day", "死亡日期", "";
        certificate: String, "ShortText", "证明编号", "";
    }
    /// 变动.
    PersonChanged {
        relation: String, "ShortText", "谁", "";
        change: String, "ShortText", "变动", "";
        on: Date, "Day", "日期", "";
    }
    /// 监护变动.
    CustodyChanged {
        kind: String, "ShortText", "种类", "";
        case_number: String, "ShortText", "办件编号", "";
        ? on: String, "DayOrNone", "日期", "";
    }
}
