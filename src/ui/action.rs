//! What an officer can do by a key: every action of the interface, declared once.
//!
//! An action is a name for an intention. Which key it has is the keymap's affair, what it does is the screen's; the
//! bottom line, the help, the palette and the printed table of keys are all made from this list and the keymap, so
//! that none of them can lie. Ids are stable: they stand in officers' own keymap files.

use crate::domain::text::Text;

macro_rules! actions {
    ($($variant:ident $id:literal ($label_vi:literal, $label_en:literal) ($doc_vi:literal, $doc_en:literal);)*) => {
        /// Something the officer can ask for by a key.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $(#[doc = $doc_en] $variant,)*
        }

        impl Action {
            /// Every action, in the order of help and palette.
            pub const ALL: &'static [Action] = &[$(Action::$variant),*];

            /// The id used in keymap files, in kebab-case.
            pub const fn id(self) -> &'static str {
                match self { $(Action::$variant => $id,)* }
            }

            /// A word or two for the bottom line.
            pub const fn label(self) -> Text {
                match self { $(Action::$variant => Text::new($label_vi, $label_en),)* }
            }

            /// A sentence for help and palette.
            pub const fn doc(self) -> Text {
                match self { $(Action::$variant => Text::new($doc_vi, $doc_en),)* }
            }

            /// The action of this id.
            pub fn by_name(id: &str) -> Option<Action> {
                match id { $($id => Some(Action::$variant),)* _ => None }
            }
        }
    };
}

actions! {
    // Everywhere.
    Help "help" ("giúp", "help") ("Xem trợ giúp: các phím của màn hình này trước", "Show help, the keys of this screen first");
    Palette "palette" ("lệnh", "commands") ("Mở bảng lệnh: tìm mọi việc theo tên", "Open the command palette: find anything by name");
    Lookup "lookup" ("tra cứu", "look up") ("Tra cứu HTX, THT, người, lớp, hội chợ", "Look up a cooperative, person, session or fair");
    Back "back" ("về", "back") ("Lùi một bước; điều đã gõ được giữ trong bản nháp", "Step back; what was typed stays in a draft");
    Messages "messages" ("thông báo", "messages") ("Xem lại các thông báo", "Show the list of messages");
    Quit "quit" ("thoát", "quit") ("Rời chương trình; bản nháp được giữ", "Leave the program; drafts are kept");
    ForceQuit "force-quit" ("thoát ngay", "quit now") ("Rời chương trình ngay, từ bất cứ đâu; bản nháp được giữ", "Leave at once from anywhere; drafts are kept");
    Redraw "redraw" ("vẽ lại", "redraw") ("Vẽ lại toàn màn hình", "Draw the whole screen again");
    Language "language" ("English", "tiếng Việt") ("Đổi tiếng Việt hoặc tiếng Anh", "Switch between Vietnamese and English");
    TypingToggle "typing-toggle" ("bật/tắt gõ", "typing on/off") ("Bật hoặc tắt bộ gõ tiếng Việt", "Switch Vietnamese typing on or off");
    TypingMethod "typing-method" ("kiểu gõ", "method") ("Đổi kiểu gõ: Telex, VNI, VIQR", "Change the typing method: Telex, VNI, VIQR");

    // Going somewhere.
    GoHome "go-home" ("trang chính", "home") ("Về trang chính", "Go to the home screen");
    GoCooperatives "go-cooperatives" ("HTX, THT", "cooperatives") ("Mở danh sách HTX, THT", "Open the list of cooperatives");
    GoVisits "go-visits" ("lượt thăm", "visits") ("Mở danh sách lượt thăm", "Open the list of visits");
    GoTrainings "go-trainings" ("tập huấn", "training") ("Mở danh sách lớp tập huấn", "Open the list of training sessions");
    GoFairs "go-fairs" ("hội chợ", "fairs") ("Mở danh sách hội chợ", "Open the list of fairs");
    GoPeople "go-people" ("cá nhân", "people") ("Mở danh sách cá nhân", "Open the list of people");
    GoOther "go-other" ("hoạt động khác", "other work") ("Mở hoạt động và sổ khác: hỗ trợ, truyền thông, thành lập, cuộc thi, kinh phí, đơn vị, nộp báo cáo", "Open other work and registers: support, outreach, formation, contests, funds, units, filings");
    GoTargets "go-targets" ("chỉ tiêu", "targets") ("Mở chỉ tiêu của các đề án, kế hoạch", "Open the targets of the plans");
    GoReports "go-reports" ("báo cáo", "reports") ("Mở các báo cáo theo kỳ", "Open the reports by period");
    GoSettings "go-settings" ("cài đặt", "settings") ("Mở cài đặt: cơ quan, người dùng, bộ gõ, phím, màu", "Open settings: office, user, typing, keys, colours");

    // Starting work.
    NewVisit "new-visit" ("thăm", "visit") ("Ghi một lượt thăm mới", "Record a new visit");
    NewTraining "new-training" ("tập huấn", "training") ("Ghi một lớp tập huấn mới", "Record a new training session");
    NewFair "new-fair" ("hội chợ", "fair") ("Ghi một hội chợ mới", "Record a new fair");
    NewCooperative "new-cooperative" ("HTX mới", "new coop") ("Thêm một HTX, THT", "Add a cooperative");
    NewPerson "new-person" ("người mới", "new person") ("Thêm một cá nhân", "Add a person");
    ReportWeek "report-week" ("báo cáo tuần", "week report") ("Mở báo cáo tuần này", "Open this week's summary");

    // Moving.
    Up "up" ("lên", "up") ("Lên một dòng", "One line up");
    Down "down" ("xuống", "down") ("Xuống một dòng", "One line down");
    Left "left" ("trái", "left") ("Sang trái", "To the left");
    Right "right" ("phải", "right") ("Sang phải", "To the right");
    PageUp "page-up" ("trang trước", "page up") ("Lên một trang", "One page up");
    PageDown "page-down" ("trang sau", "page down") ("Xuống một trang", "One page down");
    First "first" ("đầu", "first") ("Về dòng đầu", "To the first line");
    Last "last" ("cuối", "last") ("Đến dòng cuối", "To the last line");
    NextPane "next-pane" ("ô bên", "next pane") ("Sang phần kế bên của màn hình", "To the next part of the screen");
    PreviousPane "previous-pane" ("ô trước", "previous pane") ("Về phần trước của màn hình", "To the previous part of the screen");

    // Tables and lists.
    Open "open" ("mở", "open") ("Mở dòng đang chọn", "Open the row under the cursor");
    New "new" ("thêm", "new") ("Thêm một bản ghi", "Add a record");
    Edit "edit" ("sửa", "edit") ("Sửa bản ghi", "Edit the record");
    OpenRows "open-rows" ("điểm danh, gian", "attendance, booths") ("Mở bảng điểm danh của lớp, bảng gian hàng của hội chợ", "Open a session's attendance grid, a fair's booth grid");
    Delete "delete" ("xóa", "delete") ("Xóa bản ghi; có thể hoàn tác", "Delete the record; it can be undone");
    Filter "filter" ("lọc", "filter") ("Lọc các dòng khi gõ", "Filter the rows while typing");
    ClearFilter "clear-filter" ("bỏ lọc", "no filter") ("Bỏ lọc, xem lại tất cả", "Drop the filter and show everything");
    SavedFilters "saved-filters" ("bộ lọc", "saved filters") ("Chọn hoặc lưu một bộ lọc", "Choose or keep a saved filter");
    Sort "sort" ("xếp", "sort") ("Xếp theo cột đang chọn", "Sort by the column under the cursor");
    Columns "columns" ("cột", "columns") ("Chọn cột và thứ tự cột", "Choose columns and their order");
    Mark "mark" ("đánh dấu", "mark") ("Đánh dấu dòng", "Mark the row");
    MarkAll "mark-all" ("đánh dấu hết", "mark all") ("Đánh dấu hoặc bỏ dấu mọi dòng", "Mark or unmark every row");
    ChangeMarked "change-marked" ("sửa các dòng", "change marked") ("Sửa một ô ở mọi dòng đã đánh dấu", "Change one field in all marked rows");
    Merge "merge" ("gộp", "merge") ("Gộp hai bản ghi trùng nhau; có thể hoàn tác", "Merge two records found to be one; it can be undone");
    CopyOut "copy-out" ("sao chép", "copy") ("Sao chép điều đang xem ra ngoài", "Copy what is seen to the clipboard");
    ExportDocx "export-docx" ("Word", "Word") ("Xuất báo cáo ra Word (docx) và chốt tuần", "Export the report for Word (docx) and close the week");
    ExportXlsx "export-xlsx" ("Excel", "Excel") ("Xuất báo cáo ra Excel (xlsx) và chốt tuần", "Export the report for Excel (xlsx) and close the week");
    ExportCsv "export-csv" ("CSV", "CSV") ("Xuất số liệu ra CSV", "Export the figures as CSV");
    ExportMarkdown "export-markdown" ("Markdown", "Markdown") ("Xuất báo cáo ra Markdown", "Export the report as Markdown");
    ExportText "export-text" ("tin nhắn", "message") ("Xuất bản tóm tắt để gửi tin nhắn", "Export the short text for a message");
    ExportForm "export-form" ("theo mẫu", "own form") ("Điền số liệu vào mẫu riêng (docx, xlsx)", "Fill the figures into a form of one's own (docx, xlsx)");
    Export "export" ("xuất", "export") ("Xuất ra tệp", "Export to a file");
    Import "import" ("nhập tệp", "import") ("Nhập danh sách từ tệp", "Import a list from a file");
    History "history" ("lịch sử", "history") ("Xem ai đã sửa gì, khi nào", "Show who changed what, and when");
    PeriodBack "period-back" ("kỳ trước", "earlier") ("Về kỳ trước", "To the period before");
    PeriodForward "period-forward" ("kỳ sau", "later") ("Sang kỳ sau", "To the period after");
    ChoosePeriod "choose-period" ("kỳ", "period") ("Chọn kỳ báo cáo", "Choose the period");
    ByUnit "by-unit" ("theo đơn vị", "by unit") ("Xem theo từng đơn vị", "Show by unit");
    ClosePeriod "close-period" ("chốt kỳ", "close period") ("Chốt số liệu đã gửi của kỳ", "Freeze the figures sent for the period");

    // Forms.
    NextField "next-field" ("ô sau", "next field") ("Sang ô sau, kiểm tra ô vừa rời", "To the next field, checking the one left");
    PreviousField "previous-field" ("ô trước", "previous field") ("Về ô trước", "Back to the previous field");
    GoField "go-field" ("đến ô", "go to field") ("Đến một ô theo tên", "Go to a field by name");
    Save "save" ("lưu", "save") ("Lưu phiếu đang nhập", "Save what is being entered");
    DittoField "ditto-field" ("như trên", "ditto") ("Chép ô này từ phiếu trước", "Copy this field from the previous record");
    DittoRecord "ditto-record" ("như phiếu trước", "ditto all") ("Chép cả phiếu trước", "Copy the whole previous record");
    OpenList "open-list" ("danh sách", "whole list") ("Mở cả danh sách của ô này", "Open the whole list of this field");
    Create "create" ("tạo mới", "create") ("Tạo bản ghi còn thiếu rồi về lại ô này", "Create the missing record and come back to this field");
    OpenThat "open-that" ("mở bản có sẵn", "open that one") ("Mở bản ghi đã có thay vì nhập trùng", "Open the record that exists instead of a duplicate");
    AcceptWarning "accept-warning" ("chấp nhận", "accept") ("Chấp nhận điều được nhắc ở ô này", "Accept the warning at this field");
    AcceptSuggestion "accept-suggestion" ("lấy gợi ý", "take it") ("Lấy gợi ý mờ sau con trỏ", "Take the dim suggestion behind the cursor");
    FieldNote "field-note" ("ghi chú", "note") ("Ghi chú cho ô này", "Write a note on this field");
    MarkUnknown "mark-unknown" ("không biết", "unknown") ("Ghi là không biết", "Mark the field as unknown");
    MarkNotApplicable "mark-not-applicable" ("không áp dụng", "n/a") ("Ghi là không áp dụng", "Mark the field as not applicable");
    Summary "summary" ("còn thiếu", "what is open") ("Xem những ô còn thiếu hoặc cần xem lại", "Show what is still open in this form");
    BlockToggle "block-toggle" ("thêm", "more") ("Mở hoặc gấp phần thêm của phiếu", "Open or close the form's further block");
    SecondEntry "second-entry" ("nhập lần hai", "second entry") ("Nhập lại lần hai để đối chiếu", "Enter the figures a second time to compare");
    Undo "undo" ("hoàn tác", "undo") ("Hoàn tác", "Undo");
    Redo "redo" ("làm lại", "redo") ("Làm lại điều vừa hoàn tác", "Redo what was undone");

    // Grids.
    AllPresent "all-present" ("có mặt hết", "all present") ("Ghi mọi người có mặt, rồi gõ số người vắng", "Everyone present, then type the numbers of those absent");
    AllAbsent "all-absent" ("vắng hết", "all absent") ("Ghi mọi người vắng, rồi gõ số người có mặt", "Everyone absent, then type the numbers of those present");
    TogglePresent "toggle-present" ("có/vắng", "present/absent") ("Đổi có mặt hoặc vắng của dòng này", "Toggle presence of this row");
    CopyList "copy-list" ("chép danh sách", "copy list") ("Chép danh sách từ lớp trước, hội chợ trước hoặc thành viên HTX", "Copy the list from an earlier event or from a cooperative's members");
    AddRow "add-row" ("thêm dòng", "add row") ("Thêm một dòng", "Add a row");
    DeleteRow "delete-row" ("bỏ dòng", "drop row") ("Bỏ dòng này", "Drop this row");
    FillDown "fill-down" ("điền xuống", "fill down") ("Điền giá trị này xuống các dòng dưới", "Fill this value down the rows below");
    FillSeries "fill-series" ("đánh số", "series") ("Đánh số tiếp theo dãy, như số chứng nhận", "Number on by series, as certificates are");
    EnterDirection "enter-direction" ("Enter dọc/ngang", "Enter down/right") ("Enter chạy xuống theo cột hay sang phải", "Let Enter run down the column or to the right");
    StateNext "state-next" ("trạng thái", "state") ("Đổi sang trạng thái kế tiếp", "Go on to the next state");

    // Where text is typed.
    LineStart "line-start" ("đầu ô", "start") ("Về đầu dòng chữ", "To the start of the text");
    LineEnd "line-end" ("cuối ô", "end") ("Đến cuối dòng chữ", "To the end of the text");
    WordLeft "word-left" ("từ trước", "word left") ("Về đầu từ", "One word to the left");
    WordRight "word-right" ("từ sau", "word right") ("Đến cuối từ", "One word to the right");
    SelectLeft "select-left" ("chọn trái", "select left") ("Chọn thêm một chữ bên trái", "Select one letter more to the left");
    SelectRight "select-right" ("chọn phải", "select right") ("Chọn thêm một chữ bên phải", "Select one letter more to the right");
    SelectStart "select-start" ("chọn đến đầu", "select to start") ("Chọn đến đầu dòng chữ", "Select to the start of the text");
    SelectEnd "select-end" ("chọn đến cuối", "select to end") ("Chọn đến cuối dòng chữ", "Select to the end of the text");
    SelectAll "select-all" ("chọn hết", "select all") ("Chọn cả ô", "Select the whole field");
    DeleteBack "delete-back" ("xóa lùi", "delete back") ("Xóa chữ trước con trỏ", "Delete the letter before the cursor");
    DeleteForward "delete-forward" ("xóa tới", "delete forward") ("Xóa chữ sau con trỏ", "Delete the letter behind the cursor");
    DeleteWord "delete-word" ("xóa từ", "delete word") ("Xóa từ trước con trỏ", "Delete the word before the cursor");
    DeleteToStart "delete-to-start" ("xóa đến đầu", "delete to start") ("Xóa từ đầu dòng đến con trỏ", "Delete from the start to the cursor");
    DeleteToEnd "delete-to-end" ("xóa đến cuối", "delete to end") ("Xóa từ con trỏ đến cuối dòng", "Delete from the cursor to the end");
    Cut "cut" ("cắt", "cut") ("Cắt phần đã chọn", "Cut what is selected");
    Copy "copy" ("chép", "copy") ("Chép phần đã chọn", "Copy what is selected");
    Paste "paste" ("dán", "paste") ("Dán", "Paste");
    NewLine "new-line" ("xuống dòng", "new line") ("Xuống dòng trong ô nhiều dòng", "Begin a new line in a field of several lines");
    RestoreWord "restore-word" ("trả lại từ", "restore word") ("Trả từ vừa gõ về đúng các phím đã gõ", "Bring the last word back to the keys that were typed");

    // Pick lists, dialogs, the card.
    Accept "accept" ("chọn", "choose") ("Chọn dòng này", "Choose this one");
    PickSeveral "pick-several" ("chọn thêm", "pick more") ("Chọn thêm dòng này vào ô nhiều giá trị", "Add this one to a field of several values");
    Yes "yes" ("có", "yes") ("Đồng ý", "Yes");
    No "no" ("không", "no") ("Không", "No");
    VisitNow "visit-now" ("thăm ngay", "visit now") ("Ghi lượt thăm HTX đang xem", "Record a visit to this cooperative");
    SearchTexts "search-texts" ("tìm trong chữ", "search texts") ("Tìm trong ghi chú, nội dung", "Search in notes and texts");

    // A file on its way in.
    GoOn "go-on" ("tiếp", "go on") ("Đi tiếp: xem trước các dòng của tệp, rồi ghi vào sổ", "Go on: preview the rows of the file, then write them");
    MendCell "mend-cell" ("sửa ô", "mend") ("Sửa ô đang đứng trước khi nhập; tệp không bị sửa", "Mend this cell before it is taken in; the file stays");
    LeaveOut "leave-out" ("bỏ", "leave out") ("Bỏ dòng, cột hoặc ô này, không nhập; bấm lại để lấy", "Leave this row, column or field out; again to take it");
    AcceptRow "accept-row" ("nhận", "accept") ("Nhận dòng nghi ngờ này", "Accept this doubtful row");
    AcceptAll "accept-all" ("nhận hết", "accept all") ("Nhận mọi dòng nghi ngờ", "Accept every doubtful row");
}

impl Action {
    /// Whether nothing need be said where a screen has no use for the action: one moves, types, answers or leaves.
    pub const fn is_quiet(self) -> bool {
        use Action::*;
        let types = self as usize >= LineStart as usize && self as usize <= RestoreWord as usize;
        types
            || self.is_movement()
            || matches!(
                self,
                Open | Accept
                    | PickSeveral
                    | Yes
                    | No
                    | NextField
                    | PreviousField
                    | AcceptSuggestion
                    | AcceptWarning
                    | ClearFilter
                    | Mark
                    | MarkAll
            )
    }

    /// Whether the action only moves the cursor, so that one too many loses nothing.
    pub const fn is_movement(self) -> bool {
        use Action::*;
        matches!(
            self,
            Up | Down | Left | Right | PageUp | PageDown | First | Last | NextPane | PreviousPane
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn an_id_names_one_action_and_is_kebab_case() {
        let mut seen = HashSet::new();
        for action in Action::ALL {
            assert!(seen.insert(action.id()), "{} stands twice", action.id());
            assert!(action.id().chars().all(|c| c.is_ascii_lowercase() || c == '-'));
            assert_eq!(Action::by_name(action.id()), Some(*action));
        }
        assert_eq!(Action::by_name("no-such-action"), None);
    }

    #[test]
    fn every_action_has_words_in_both_languages_and_a_short_label() {
        for action in Action::ALL {
            for text in [action.label(), action.doc()] {
                assert!(!text.vi.is_empty() && !text.en.is_empty(), "{}", action.id());
            }
            assert!(action.label().vi.chars().count() <= 18, "{}", action.id());
            assert!(action.label().en.chars().count() <= 18, "{}", action.id());
        }
    }
}
