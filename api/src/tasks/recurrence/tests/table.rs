//! What comes next, case by case. Each row says where it is from: an example of RFC 5545 or 7529, a report of a wrong
//! repeat in another program (`owner/name#number` on GitHub), or a choice of ours. A day that a month lacks means its
//! last day; everything else is as the RFC has it, worked out with python-dateutil.

use super::{day, repeat};
use crate::tasks::recurrence::next;
use jiff::tz::TimeZone;
use todo_contract::RepeatFrom::{Completion, Due as DueDate};
use todo_contract::{Due, RepeatFrom, TimeZoneName};

/// Source, rule, and the dates of a series, each completed on the day it is due.
#[rustfmt::skip]
const SERIES: &[(&str, &str, &str)] = &[
    ("RFC 5545, 3.8.5.3: daily for 10 occurrences", "FREQ=DAILY;COUNT=10", "1997-09-02 1997-09-03 1997-09-04 1997-09-05 1997-09-06 1997-09-07 1997-09-08 1997-09-09 1997-09-10 1997-09-11 end"),
    ("RFC 5545, 3.8.5.3: daily until 24 December", "FREQ=DAILY;UNTIL=19971224T000000Z", "1997-12-21 1997-12-22 1997-12-23 1997-12-24 end"),
    ("RFC 5545, 3.8.5.3: every other day", "FREQ=DAILY;INTERVAL=2", "1997-09-02 1997-09-04 1997-09-06 1997-09-08"),
    ("RFC 5545, 3.8.5.3: every 10 days, 5 occurrences", "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02 1997-09-12 1997-09-22 1997-10-02 1997-10-12 end"),
    ("RFC 5545, 3.8.5.3: every day in January, by years", "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", "1998-01-30 1998-01-31 1999-01-01 1999-01-02"),
    ("RFC 5545, 3.8.5.3: every day in January, by days", "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", "1998-01-30 1998-01-31 1999-01-01 1999-01-02"),
    ("RFC 5545, 3.8.5.3: weekly for 10 occurrences", "FREQ=WEEKLY;COUNT=10", "1997-09-02 1997-09-09 1997-09-16 1997-09-23 1997-09-30 1997-10-07 1997-10-14 1997-10-21 1997-10-28 1997-11-04 end"),
    ("RFC 5545, 3.8.5.3: weekly until 24 December", "FREQ=WEEKLY;UNTIL=19971224T000000Z", "1997-12-09 1997-12-16 1997-12-23 end"),
    ("RFC 5545, 3.8.5.3: every other week", "FREQ=WEEKLY;INTERVAL=2;WKST=SU", "1997-09-02 1997-09-16 1997-09-30 1997-10-14"),
    ("RFC 5545, 3.8.5.3: Tuesday and Thursday for five weeks", "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", "1997-09-25 1997-09-30 1997-10-02 1997-10-07 end"),
    ("RFC 5545, 3.8.5.3: Tuesday and Thursday, 10 times", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "1997-09-02 1997-09-04 1997-09-09 1997-09-11 1997-09-16 1997-09-18 1997-09-23 1997-09-25 1997-09-30 1997-10-02 end"),
    ("RFC 5545, 3.8.5.3: every other week on three days", "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR", "1997-09-01 1997-09-03 1997-09-05 1997-09-15 1997-09-17 1997-09-19 1997-09-29 1997-10-01"),
    ("RFC 5545, 3.8.5.3: every other week on two days, 8 times", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1997-09-02 1997-09-04 1997-09-16 1997-09-18 1997-09-30 1997-10-02 1997-10-14 1997-10-16 end"),
    ("RFC 5545, 3.8.5.3: first Friday, 10 times", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05 1997-10-03 1997-11-07 1997-12-05 1998-01-02 1998-02-06 1998-03-06 1998-04-03 1998-05-01 1998-06-05 end"),
    ("RFC 5545, 3.8.5.3: first Friday until 24 December", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", "1997-09-05 1997-10-03 1997-11-07 1997-12-05 end"),
    ("RFC 5545, 3.8.5.3: first and last Sunday of every other month", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "1997-09-07 1997-09-28 1997-11-02 1997-11-30 1998-01-04 1998-01-25 1998-03-01 1998-03-29 1998-05-03 1998-05-31 end"),
    ("RFC 5545, 3.8.5.3: second-to-last Monday, 6 months", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22 1997-10-20 1997-11-17 1997-12-22 1998-01-19 1998-02-16 end"),
    ("RFC 5545, 3.8.5.3: third-to-last day", "FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28 1997-10-29 1997-11-28 1997-12-29 1998-01-29 1998-02-26"),
    ("RFC 5545, 3.8.5.3: 2nd and 15th, 10 times", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", "1997-09-02 1997-09-15 1997-10-02 1997-10-15 1997-11-02 1997-11-15 1997-12-02 1997-12-15 1998-01-02 1998-01-15 end"),
    ("RFC 5545, 3.8.5.3: first and last day, 10 times", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1997-09-30 1997-10-01 1997-10-31 1997-11-01 1997-11-30 1997-12-01 1997-12-31 1998-01-01 1998-01-31 1998-02-01 end"),
    ("RFC 5545, 3.8.5.3: 10th to 15th every 18 months", "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15", "1997-09-10 1997-09-11 1997-09-12 1997-09-13 1997-09-14 1997-09-15 1999-03-10 1999-03-11 1999-03-12 1999-03-13 end"),
    ("RFC 5545, 3.8.5.3: every Tuesday, every other month", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", "1997-09-02 1997-09-09 1997-09-16 1997-09-23 1997-09-30 1997-11-04 1997-11-11 1997-11-18 1997-11-25"),
    ("RFC 5545, 3.8.5.3: June and July, 10 times", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7", "1997-06-10 1997-07-10 1998-06-10 1998-07-10 1999-06-10 1999-07-10 2000-06-10 2000-07-10 2001-06-10 2001-07-10 end"),
    ("RFC 5545, 3.8.5.3: every other year in three months", "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3", "1997-03-10 1999-01-10 1999-02-10 1999-03-10 2001-01-10 2001-02-10 2001-03-10 2003-01-10 2003-02-10 2003-03-10 end"),
    ("RFC 5545, 3.8.5.3: every third year on three days", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", "1997-01-01 1997-04-10 1997-07-19 2000-01-01 2000-04-09 2000-07-18 2003-01-01 2003-04-10 2003-07-19 2006-01-01 end"),
    ("RFC 5545, 3.8.5.3: 20th Monday of the year", "FREQ=YEARLY;BYDAY=20MO", "1997-05-19 1998-05-18 1999-05-17 2000-05-15"),
    ("RFC 5545, 3.8.5.3: every Thursday in March", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13 1997-03-20 1997-03-27 1998-03-05 1998-03-12"),
    ("RFC 5545, 3.8.5.3: every Thursday in summer", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", "1997-08-21 1997-08-28 1998-06-04 1998-06-11"),
    ("RFC 5545, 3.8.5.3: Friday the 13th", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1998-02-13 1998-03-13 1998-11-13 1999-08-13 2000-10-13 2001-04-13"),
    ("RFC 5545, 3.8.5.3: Saturday after the first Sunday", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", "1997-09-13 1997-10-11 1997-11-08 1997-12-13 1998-01-10 1998-02-07"),
    ("RFC 5545, 3.8.5.3: US election day", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "1996-11-05 2000-11-07 2004-11-02 2008-11-04"),
    ("RFC 5545, 3.8.5.3: third of three weekdays", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04 1997-10-07 1997-11-06 end"),
    ("RFC 5545, 3.8.5.3: second-to-last workday", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29 1997-10-30 1997-11-27 1997-12-30 1998-01-29 1998-02-26 1998-03-30"),
    ("RFC 5545, 3.8.5.3: week that begins on Monday", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05 1997-08-10 1997-08-19 1997-08-24 end"),
    ("RFC 5545, 3.8.5.3: week that begins on Sunday", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05 1997-08-17 1997-08-19 1997-08-31 end"),
    ("RFC 5545, 3.3.10: Sundays of January, every other year", "FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYDAY=SU", "1997-01-05 1997-01-12 1997-01-19 1997-01-26 1999-01-03 1999-01-10"),
    ("RFC 5545, 3.3.10: last workday of the month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "1997-09-30 1997-10-31 1997-11-28 1997-12-31 1998-01-30"),
    ("GothenburgBitFactory/taskwarrior#1668", "FREQ=MONTHLY", "2013-05-12 2013-06-12 2013-07-12 2013-08-12 2013-09-12"),
    ("GothenburgBitFactory/taskwarrior#1647", "FREQ=MONTHLY;INTERVAL=2", "2015-01-05 2015-03-05 2015-05-05 2015-07-05"),
    ("callumalpass/tasknotes#561", "FREQ=MONTHLY;BYMONTHDAY=-1", "2025-09-30 2025-10-31 2025-11-30 2025-12-31 2026-01-31 2026-02-28"),
    ("alainm23/planify#2568", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-06-30 2026-07-31 2026-08-31 2026-09-30"),
    ("chrisvel/tududi#535", "FREQ=MONTHLY;BYMONTHDAY=-1", "2025-11-30 2025-12-31 2026-01-31 2026-02-28 2026-03-31"),
    ("chrisvel/tududi#1309", "FREQ=MONTHLY;BYMONTHDAY=15", "2026-07-15 2026-08-15 2026-09-15 2026-10-15 2026-11-15 2026-12-15"),
    ("chrisvel/tududi#1415: workdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-08-20 2026-08-21 2026-08-24 2026-08-25 2026-08-26"),
    ("chrisvel/tududi#1415: every 4 weeks on Monday", "FREQ=WEEKLY;INTERVAL=4;BYDAY=MO", "2026-08-24 2026-09-21 2026-10-19 2026-11-16"),
    ("chrisvel/tududi#1005", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU", "2026-04-11 2026-04-12 2026-04-25 2026-04-26 2026-05-09"),
    ("super-productivity/super-productivity#2500", "FREQ=MONTHLY;BYMONTHDAY=1", "2023-02-01 2023-03-01 2023-04-01 2023-05-01"),
    ("super-productivity/super-productivity#7726: last day", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-31 2026-02-28 2026-03-31 2026-04-30 2026-05-31"),
    ("super-productivity/super-productivity#3156", "FREQ=MONTHLY;BYDAY=-1SU", "2024-04-28 2024-05-26 2024-06-30 2024-07-28 2024-08-25"),
    ("super-productivity/super-productivity#6699", "FREQ=MONTHLY;BYMONTHDAY=1", "2026-03-01 2026-04-01 2026-05-01"),
    ("kewisch/ical.js#117: last day of February", "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2", "2014-02-28 2015-02-28 2016-02-29 2017-02-28"),
    ("kewisch/ical.js#117: last day of each month", "FREQ=YEARLY;BYMONTHDAY=-1", "2014-01-31 2014-02-28 2014-03-31 2014-04-30"),
    ("kewisch/ical.js#960", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "2026-01-30 2026-02-28 2026-03-30 2026-04-30 2026-05-30"),
    ("kewisch/ical.js#211", "FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=8,9,10,11,12,13,14", "2016-03-14 2016-04-11 2016-05-09 2016-06-13"),
    ("sabre-io/vobject#730: first Advent", "FREQ=YEARLY;BYDAY=SU;BYMONTHDAY=1,2,3,4,5,6,7,27,28,29,30;BYMONTH=11,12;BYSETPOS=2", "2025-11-30 2026-11-29 2027-11-28 2028-12-03"),
    ("simshaun/recurr#156", "FREQ=MONTHLY;BYDAY=SU,MO,TU,WE,TH,FR,SA;BYSETPOS=1", "2018-12-01 2019-01-01 2019-02-01 2019-03-01"),
    ("jkbrzt/rrule#8: last day across a new year", "FREQ=MONTHLY;BYMONTHDAY=-1", "2012-12-31 2013-01-31 2013-02-28 2013-03-31"),
    ("jkbrzt/rrule#535", "FREQ=MONTHLY;WKST=MO;BYDAY=MO;BYSETPOS=2", "2022-07-11 2022-08-08 2022-09-12 2022-10-10"),
    ("jkbrzt/rrule#479: workdays among every sixth day", "FREQ=DAILY;INTERVAL=6;BYDAY=MO,TU,WE,TH,FR", "2021-08-17 2021-08-23 2021-09-10 2021-09-16 2021-09-22 2021-09-28 2021-10-04 2021-10-22"),
    ("fmeringdal/rust-rrule#48", "FREQ=YEARLY;BYMONTHDAY=6;BYMONTH=12", "2021-12-06 2022-12-06 2023-12-06"),
    ("fmeringdal/rust-rrule#127: months are expanded", "FREQ=YEARLY;BYMONTHDAY=20", "2021-04-20 2021-05-20 2021-06-20 2021-07-20"),
    ("fmeringdal/rust-rrule#127: with the month", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=20", "2021-04-20 2022-04-20 2023-04-20 2024-04-20"),
    ("tine20/tine20#2641", "FREQ=YEARLY;INTERVAL=1;BYMONTH=11;BYMONTHDAY=1", "2011-11-01 2012-11-01 2013-11-01"),
    ("obsidian-tasks-group/obsidian-tasks#324", "FREQ=MONTHLY;BYDAY=2WE", "2021-09-08 2021-10-13 2021-11-10 2021-12-08"),
    ("obsidian-tasks-group/obsidian-tasks#681", "FREQ=WEEKLY;BYDAY=MO", "2022-05-23 2022-05-30 2022-06-06"),
    ("obsidian-tasks-group/obsidian-tasks#1200: daily across months", "FREQ=DAILY", "2022-10-30 2022-10-31 2022-11-01 2022-11-02 2022-11-03"),
    ("maltaisn/recurpickerlib#27: week from Sunday", "FREQ=WEEKLY;INTERVAL=5;BYDAY=SU,FR,SA;WKST=SU", "2019-08-03 2019-09-01 2019-09-06 2019-09-07 2019-10-06 2019-10-11 2019-10-12 2019-11-10"),
    ("maltaisn/recurpickerlib#27: week from Monday", "FREQ=WEEKLY;INTERVAL=5;BYDAY=SU,FR,SA;WKST=MO", "2019-08-03 2019-08-04 2019-09-06 2019-09-07 2019-09-08 2019-10-11 2019-10-12 2019-10-13"),
    ("ical-org/ical.net#879", "FREQ=WEEKLY;BYDAY=SU,MO,TU,WE,TH,FR;BYMONTH=5,6,7,8,9", "2025-09-30 2026-05-01 2026-05-03 2026-05-04"),
    ("swiftlang/swift-foundation#881: fifth Fridays", "FREQ=MONTHLY;BYDAY=5FR", "2024-03-29 2024-05-31 2024-08-30 2024-11-29"),
    ("swiftlang/swift-foundation#1387: second Tuesdays", "FREQ=MONTHLY;BYDAY=2TU;WKST=MO", "2026-01-13 2026-02-10 2026-03-10"),
    ("dmfs/lib-recur#142: fifth Mondays", "FREQ=MONTHLY;BYDAY=5MO", "2025-09-29 2025-12-29 2026-03-30 2026-06-29"),
    ("dmfs/lib-recur#142: last Mondays", "FREQ=MONTHLY;BYDAY=-1MO", "2025-09-29 2025-10-27 2025-11-24 2025-12-29"),
    ("discourse/discourse#42852: fourth is not last", "FREQ=MONTHLY;BYDAY=4TH", "2026-02-26 2026-03-26 2026-04-23 2026-05-28 2026-06-25"),
    ("lochmueller/calendarize#95: fifth Sundays", "FREQ=MONTHLY;BYDAY=5SU", "2016-07-31 2016-10-30 2017-01-29"),
    ("OpenACalendar/OpenACalendar-Web-Core#412", "FREQ=MONTHLY;BYDAY=4MO", "2015-06-22 2015-07-27 2015-08-24"),
    ("bruxy70/Garbage-Collection#265", "FREQ=MONTHLY;BYDAY=1FR", "2021-05-07 2021-06-04 2021-07-02"),
    ("bryntum/support#3574", "FREQ=MONTHLY;BYDAY=2WE", "2021-10-13 2021-11-10 2021-12-08"),
    ("FraserHamilton/dayjs-recur#16: last Fridays", "FREQ=MONTHLY;BYDAY=-1FR", "2022-09-30 2022-10-28 2022-11-25 2022-12-30"),
    ("TracksApp/tracks#2104: every second day", "FREQ=DAILY;INTERVAL=2", "2018-05-03 2018-05-05 2018-05-07"),
];

/// As above, with days that some months or years lack.
#[rustfmt::skip]
const LAST_DAYS: &[(&str, &str, &str)] = &[
    ("RFC 7529, 3: SKIP=BACKWARD", "FREQ=MONTHLY", "2014-01-31 2014-02-28 2014-03-31 2014-04-30 2014-05-31"),
    ("RFC 5545, 3.8.5.3: 15th and 30th, which skips February there", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15 2007-01-30 2007-02-15 2007-02-28 2007-03-15 end"),
    ("obsidian-tasks-group/obsidian-tasks#1087", "FREQ=MONTHLY;INTERVAL=6", "2022-08-31 2023-02-28 2023-08-31 2024-02-29 2024-08-31"),
    ("obsidian-tasks-group/obsidian-tasks#614: 31 March", "FREQ=MONTHLY", "2021-03-31 2021-04-30 2021-05-31 2021-06-30"),
    ("obsidian-tasks-group/obsidian-tasks#614: 29 January", "FREQ=MONTHLY", "2021-01-29 2021-02-28 2021-03-29"),
    ("obsidian-tasks-group/obsidian-tasks#614: leap year", "FREQ=MONTHLY", "2020-01-31 2020-02-29 2020-03-31"),
    ("obsidian-tasks-group/obsidian-tasks#1197", "FREQ=MONTHLY", "2022-01-31 2022-02-28 2022-03-31"),
    ("obsidian-tasks-group/obsidian-tasks#1197: yearly", "FREQ=YEARLY", "2020-02-29 2021-02-28 2022-02-28"),
    ("GothenburgBitFactory/taskwarrior#1698: the 29th", "FREQ=MONTHLY", "2015-01-29 2015-02-28 2015-03-29"),
    ("GothenburgBitFactory/taskwarrior#1698: the 31st", "FREQ=MONTHLY", "2015-01-31 2015-02-28 2015-03-31"),
    ("tasks/tasks#4135: the 30th", "FREQ=MONTHLY", "2025-12-30 2026-01-30 2026-02-28 2026-03-30"),
    ("tasks/tasks#4135: the 29th", "FREQ=MONTHLY", "2025-12-29 2026-01-29 2026-02-28 2026-03-29"),
    ("tasks/tasks#1356", "FREQ=MONTHLY", "2021-01-30 2021-02-28 2021-03-30 2021-04-30"),
    ("simshaun/recurr#6", "FREQ=MONTHLY", "2013-01-31 2013-02-28 2013-03-31 2013-04-30 2013-05-31"),
    ("simshaun/recurr#6: the 28th stays", "FREQ=MONTHLY", "2013-02-28 2013-03-28 2013-04-28"),
    ("manuelernestog/weektodo#235", "FREQ=MONTHLY", "2024-01-31 2024-02-29 2024-03-31"),
    ("callumalpass/tasknotes#561: the 31st", "FREQ=MONTHLY;BYMONTHDAY=31", "2025-08-31 2025-09-30 2025-10-31 2025-11-30"),
    ("go-vikunja/vikunja#3436: January", "FREQ=MONTHLY", "2026-01-31 2026-02-28 2026-03-31"),
    ("go-vikunja/vikunja#3436: March", "FREQ=MONTHLY", "2026-03-31 2026-04-30 2026-05-31"),
    ("go-vikunja/vikunja#3436: May", "FREQ=MONTHLY", "2026-05-31 2026-06-30 2026-07-31"),
    ("marco308/mdone#161: August", "FREQ=MONTHLY", "2026-08-31 2026-09-30 2026-10-31 2026-11-30"),
    ("marco308/mdone#161: 30 March", "FREQ=MONTHLY", "2026-03-30 2026-04-30 2026-05-30 2026-06-30"),
    ("ulsklyc/yuvomi#978", "FREQ=YEARLY", "2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29"),
    ("nextcloud/contacts#2102", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2020-02-29 2021-02-28 2022-02-28 2023-02-28 2024-02-29"),
    ("scottbucher/BirthdayBot#192", "FREQ=YEARLY", "2020-02-29 2021-02-28"),
    ("pimutils/khal#597", "FREQ=YEARLY;INTERVAL=4", "2020-02-29 2024-02-29 2028-02-29"),
    ("kewisch/ical.js#960: 30th or last, as a plain rule", "FREQ=MONTHLY;BYMONTHDAY=30", "2026-01-30 2026-02-28 2026-03-30 2026-04-30"),
    ("own: the 31st and what other programs understand", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "2026-01-31 2026-02-28 2026-03-31 2026-04-30"),
    ("own: the 31st every other month", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31", "2026-12-31 2027-02-28 2027-04-30"),
    ("own: quarterly from 30 November", "FREQ=MONTHLY;INTERVAL=3", "2026-11-30 2027-02-28 2027-05-30"),
    ("own: with an end", "FREQ=MONTHLY;UNTIL=20270331", "2027-01-30 2027-02-28 2027-03-30 end"),
    ("own: with a count", "FREQ=MONTHLY;COUNT=3", "2027-01-31 2027-02-28 2027-03-31 end"),
    ("own: the last day of a year", "FREQ=YEARLY;BYYEARDAY=366", "2027-12-31 2028-12-31 2029-12-31"),
    ("own: the 31st in two months", "FREQ=YEARLY;BYMONTH=1,4;BYMONTHDAY=31", "2027-01-31 2027-04-30 2028-01-31"),
    ("own: the 31st if it is a Friday", "FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=FR", "2026-07-31 2027-12-31 2028-03-31"),
    ("own: every day from the 29th on", "FREQ=DAILY;BYMONTHDAY=29,30,31", "2027-01-31 2027-02-28 2027-03-29 2027-03-30"),
    ("own: from a day that none of its months has", "FREQ=YEARLY;BYMONTH=4,6", "2027-05-31 2027-06-30 2028-04-30 2028-06-30"),
    ("own: 2100 has no leap day", "FREQ=YEARLY", "2096-02-29 2097-02-28"),
];

/// Source, rule, what it is counted from, the day it was due, the day it was completed, and the next.
#[rustfmt::skip]
const COMPLETED: &[(&str, &str, RepeatFrom, &str, &str, &str)] = &[
    ("obsidian-tasks-group/obsidian-tasks#1924: Sundays", "FREQ=WEEKLY;BYDAY=SU", Completion, "2023-04-30", "2023-04-28", "2023-05-07"),
    ("obsidian-tasks-group/obsidian-tasks#1924: before it", "FREQ=WEEKLY;BYDAY=SU", Completion, "2023-04-29", "2023-04-28", "2023-04-30"),
    ("obsidian-tasks-group/obsidian-tasks#1924: the 1st", "FREQ=MONTHLY;BYMONTHDAY=1", Completion, "2023-05-01", "2023-04-28", "2023-06-01"),
    ("obsidian-tasks-group/obsidian-tasks#1924: before the 1st", "FREQ=MONTHLY;BYMONTHDAY=1", Completion, "2023-04-30", "2023-04-28", "2023-05-01"),
    ("obsidian-tasks-group/obsidian-tasks#1924: three days", "FREQ=DAILY;INTERVAL=3", Completion, "2023-05-01", "2023-04-28", "2023-05-04"),
    ("obsidian-tasks-group/obsidian-tasks#1924: three days, late enough", "FREQ=DAILY;INTERVAL=3", Completion, "2023-04-29", "2023-04-28", "2023-05-01"),
    ("obsidian-tasks-group/obsidian-tasks#1924: daily, three days early", "FREQ=DAILY", Completion, "2022-05-20", "2022-05-17", "2022-05-21"),
    ("obsidian-tasks-group/obsidian-tasks#1924: daily, a day early", "FREQ=DAILY", Completion, "2022-05-20", "2022-05-19", "2022-05-21"),
    ("obsidian-tasks-group/obsidian-tasks#1924: daily, late", "FREQ=DAILY", Completion, "2022-05-20", "2022-05-22", "2022-05-23"),
    ("obsidian-tasks-group/obsidian-tasks#1924: Monday done on the Monday before", "FREQ=WEEKLY;BYDAY=MO", Completion, "2026-12-14", "2026-12-07", "2026-12-21"),
    ("own: weekly, done a week early", "FREQ=WEEKLY", Completion, "2026-12-14", "2026-12-07", "2026-12-21"),
    ("obsidian-tasks-group/obsidian-tasks#2858", "FREQ=WEEKLY;INTERVAL=3;BYDAY=SA", Completion, "2024-04-20", "2024-05-28", "2024-06-22"),
    ("obsidian-tasks-group/obsidian-tasks#609: every 4 weeks on Sunday", "FREQ=WEEKLY;INTERVAL=4;BYDAY=SU", Completion, "2022-04-17", "2022-04-20", "2022-05-22"),
    ("obsidian-tasks-group/obsidian-tasks#609: every 3 months on Friday", "FREQ=MONTHLY;INTERVAL=3;BYDAY=FR", Completion, "2025-03-21", "2025-03-16", "2025-06-06"),
    ("obsidian-tasks-group/obsidian-tasks#1344: daily", "FREQ=DAILY", DueDate, "2022-11-20", "2022-11-24", "2022-11-25"),
    ("obsidian-tasks-group/obsidian-tasks#1344: weekly", "FREQ=WEEKLY", DueDate, "2022-11-07", "2022-11-24", "2022-11-28"),
    ("obsidian-tasks-group/obsidian-tasks#2062", "FREQ=DAILY;INTERVAL=2", Completion, "2023-06-16", "2023-06-22", "2023-06-24"),
    ("obsidian-tasks-group/obsidian-tasks#2867", "FREQ=MONTHLY;INTERVAL=6", Completion, "2024-05-31", "2024-05-31", "2024-11-30"),
    ("obsidian-tasks-group/obsidian-tasks#2954", "FREQ=WEEKLY", DueDate, "2021-02-06", "2021-02-13", "2021-02-20"),
    ("obsidian-tasks-group/obsidian-tasks#1197: done on the 31st", "FREQ=MONTHLY", Completion, "2022-01-10", "2022-01-31", "2022-02-28"),
    ("tasks/tasks#4024", "FREQ=MONTHLY;INTERVAL=3", Completion, "2025-11-29", "2025-11-29", "2026-02-28"),
    ("tasks/tasks#3875", "FREQ=MONTHLY", Completion, "2025-08-29", "2025-09-10", "2025-10-10"),
    ("tasks/tasks#3017", "FREQ=DAILY", DueDate, "2024-08-05", "2024-08-08", "2024-08-09"),
    ("tgrosinger/tq-obsidian#27", "FREQ=MONTHLY;BYMONTHDAY=-1", DueDate, "2021-07-31", "2021-07-30", "2021-08-31"),
    ("tgrosinger/tq-obsidian#27: from completion", "FREQ=MONTHLY;BYMONTHDAY=-1", Completion, "2021-07-31", "2021-07-30", "2021-08-31"),
    ("Nisbo/ha-shopping-list-improved#13", "FREQ=DAILY", DueDate, "2026-02-15", "2026-02-17", "2026-02-18"),
    ("TracksApp/tracks#2104: A stays a day from B", "FREQ=DAILY;INTERVAL=2", DueDate, "2018-05-03", "2018-05-08", "2018-05-09"),
    ("TracksApp/tracks#2104: B stays a day from A", "FREQ=DAILY;INTERVAL=2", DueDate, "2018-05-04", "2018-05-08", "2018-05-10"),
    ("ahmet-cetinkaya/whph#133", "FREQ=WEEKLY", Completion, "2025-11-17", "2025-11-21", "2025-11-28"),
    ("alainm23/planify#2674", "FREQ=DAILY", Completion, "2026-08-30", "2026-09-03", "2026-09-04"),
    ("marco308/mdone#161: not stuck in the past", "FREQ=MONTHLY", DueDate, "2026-01-31", "2026-09-01", "2026-09-30"),
    ("own: rent done early", "FREQ=MONTHLY;BYMONTHDAY=1", DueDate, "2027-03-01", "2027-02-25", "2027-04-01"),
    ("own: the 30th, done late in the next month", "FREQ=MONTHLY", DueDate, "2027-01-30", "2027-02-10", "2027-02-28"),
    ("own: yearly from completion on a leap day", "FREQ=YEARLY", Completion, "2028-02-20", "2028-02-29", "2029-02-28"),
    ("own: months early, from completion", "FREQ=MONTHLY", Completion, "2027-06-15", "2027-02-15", "2027-07-15"),
    ("own: years late", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", DueDate, "2020-02-29", "2026-12-01", "2027-02-28"),
];

#[test]
fn a_series_has_the_days_that_its_rule_names() {
    assert!(SERIES.len() + LAST_DAYS.len() + COMPLETED.len() >= 120);
    for (source, rule, dates) in SERIES.iter().chain(LAST_DAYS) {
        let dates: Vec<&str> = dates.split(' ').collect();
        let (mut due, mut every) = (Due::on(day(dates[0])), repeat(rule, DueDate));
        for wanted in &dates[1..] {
            let now = due.date.to_zoned(TimeZone::UTC).unwrap().timestamp();
            let Some(following) = next(&due, &every, now, &TimeZoneName::utc()) else {
                assert_eq!("end", *wanted, "{source}: {rule} after {}", due.date);
                break;
            };
            assert_eq!(following.due.date.to_string(), *wanted, "{source}: {rule} after {}", due.date);
            (due, every) = (following.due, following.repeat);
        }
    }
}

#[test]
fn what_is_done_early_or_late_comes_again_after_both_its_day_and_today() {
    for (source, rule, from, due, done, wanted) in COMPLETED {
        let now = day(done).to_zoned(TimeZone::UTC).unwrap().timestamp();
        let following = next(&Due::on(day(due)), &repeat(rule, *from), now, &TimeZoneName::utc()).unwrap();
        assert_eq!(following.due.date.to_string(), *wanted, "{source}: {rule}, due {due}, done {done}");
    }
}
