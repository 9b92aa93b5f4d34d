"""Common words that few languages share: "languages: words", where "X*" stands for every word that begins so.

Written by hand for short news, titles and greetings. A line names every language of the detector's neighbourhood that has its words, so
that a word which Russian and Bulgarian share tells Ukrainian from both and neither from the other.
"""

CYRILLIC = """
uk: що щоб якщо який яка яке які якого якої яким яких якому якій після із зі цей ця цього цієї цьому цим цих тієї тією тій вона вони його
uk: її їх їм їхній їхня був були бути будуть було є немає вже лише тільки навіть ніж й наразі нині зараз сьогодні учора вчора торік
uk: цьогоріч увечері вранці вночі тижня тиждень тижні тижнів року рік років роки місяць місяця місяців днів мають має можуть мій моя щодо
uk: проти під від також чому ніхто ніщо нічого нікого дуже більше менше краще гірше чи адже свій своє свої свого своїх своєї мені тобі
uk: щось хтось іноді завжди ніколи досі звідки привіт дякую дякуємо вітаю вітаємо вітання пробачте вибачте добрий добридень доброго
uk: побачення бувай ласкаво він воно ані отже однак водночас зокрема наприклад тощо скільки кілька декілька багато кожен кожна кожного
uk: перший перша перше другий третій третя п'ять шість сім вісім дев'ять тисяч тисячі мільйон* мільярд* гривень гривні гривня ухвал* уряд*
uk: урядов* виправда* повідом* розпові* запев* наголос* зазнач* підкресл* оголос* зупин* припин* почав почала почали розпоч* закінч*
uk: відбу* відкр* відмов* відстав* відкла* відпов* віднов* відлі* відзнач* вирі* вирок* виступ* висун* випусти* виплат* випав* вибух*
uk: виграв* виграл* викон* викори* викри* вилуч* вимаг* вимог* виник* вироб* витрат* вихід вихор загин* помер* поран* постражд* травмов*
uk: врят* рятув* пожеж* стріл* потяг* літак* війн* військ* збройн* зброя зброї зсу перемог* переміг* поразк* ворог* ворож* кордон* безпек*
uk: небезпек* місто міста місті містах міський міська міськ* мешкан* житт* жінк* чолові* дитин* діти дітей батьк* освіт* школяр* вчител*
uk: учн* учень лікар* лікув* хвор* держав* країн* україн* києв* київ* львів* харків* одес* дніпр* росі* росій* європ* німеч* польщ* поліц*
uk: поліціян* слідч* суддя судді суддів підозр* затрим* заарешт* арешт* ув'язн* звинувач* обвинувач* корупці* зарплат* податк* ціни цін
uk: цінам коштів кошти грош* гроші гривн* ринок ринку відсотк* зрост* зріс зросла зросли зниж* підвищ* подорожч* подешевш* знизи* збільш*
uk: зменш* підприєм* працівник* праця праці працю* звільн* призначи* очол* міністр* президентк* депутатк* зустрі* перегов* санкці*
uk: допомог* підтрим* захист* захищ* потрапи* законопро* голосув* обрал* обран* кандидатк* збірн* чемпіон* змаг* гравець гравці гравця
uk: січн* лютий березн* квітн* травня травень червн* серпн* жовтн* понеділ* вівтор* середу п'ятниц* субот* неділ* дощ* снігопад* вітер
uk: вітру сонц* повін* повен* землетрус* будин* будів* побудув* вулиц* річк* річц* фільм* кінотеатр* свято свята свят* новин* ціка*
uk: дослід* науков* вчен* винай* дівч* кіт коти тварин* рослин* їжа хліб* м'яс* яблук* пішов пішла пішли йде йдуть поїхав поїхала приїхав
uk: прибув прибула прибули пройшов вийшов зайшов знайш* знайд* зник* втрат* загроз* вважа* відом* невідом* важлив* останн* колишн* новий
uk: нові велика великі малий молодий старий сильний сильна перші усього всього усіх всіх усім всім усьому зробив зробила зробили каже
uk: кажуть сказав отрим* надісл* надав надала надали купив купила купили пенсі* лікарн* загибл* ніч ночі дні вечір вечора ранок ранку
uk: дзвін* комп'ют* застосун* користувач* дивіться стежте деталі подробиці раніше пізніше незабаром щодня щороку влада влади владу владою
uk: головне громади громаді громадян* полоні полону полонен* шлях шляху шляхи площа площі площу хлопець хлопц* письменник* письменниц*
uk: спека спеки спекою хабар хабарі хабаря попередж* попередн* заклик* домовл* домовил* угода угоди угоду угодою помилк* зверну* обстріл*
uk: заявив липня липень липні вересня вересень грудня грудень грудні наступного наступної мереж* співак* співачк* будь прошу ласка
ru: что чтобы если который которая которое которые которого которой которых которым которому это этот эта эти этого этой этому этим этих
ru: его ее её ему ей был была было были быть будет будут есть нет уже только лишь даже еще ещё сейчас теперь сегодня когда где кто почему
ru: потому никто ничто ничего никого вместе очень больше меньше лучше хуже надо нужно можно может могут должен должна должны хотя либо
ru: несмотря однако поэтому например сколько несколько каждый каждая каждого первый первая первое второй вторая третий третья пять шесть
ru: семь восемь девять тысяч тысячи миллион* миллиард* рублей рубля рубль рубли привет спасибо здравствуй* пожалуйста извините простите
ru: доброе хорошо свидания приветств* благодар* поздравл* года году лет месяц месяца месяцев неделю дней утром вечером ночью ко изо обо мы
ru: вы мне тебя себя себе своего своей своих своим всего всех всем всему сообщ* рассказ* расск* объяв* объясн* заявил заявили подчеркн*
ru: отмети* закончи* откры* отказ* отстав* отлож* ответ* восстан* выступ* выдвин* выпуст* выплат* выбор* взрыв* выигр* выполн* использ*
ru: правительств* власти властей власть главный главная погиб погибла погибли погибш* умер умерла умерли пострадавш* пострадал* стрел*
ru: обстрел* поезд* самолёт* войск* воен* войны войне вооруж* оруж* пораж* наступл* безопасн* города городе городу городской городская
ru: городск* жизн* женщин* мужчин* ребен* ребён* детей родител* семь* семей* учител* учени* ученик* врач* лечени* здоровь* больниц* больн*
ru: государств* страны стране стран украинск* киевск* россий* росси* польш* полицей* следовател* судья судьи судей подозр* задерж*
ru: арестов* взятк* коррупц* налог* цены цене цен деньги денег рынок рынк* вырос* повыс* сниз* снижен* уменьш* предприят* работник* уволь*
ru: уволен* возглав* министр* министерств* встреч* соглаш* поддерж* защит* защищ* попал* ошибк* обращ* голосов* сборн* чемпион* соревн*
ru: игрок* январ* феврал* апрел* мая июн* июл* август* сентябр* октябр* ноябр* декабр* понедельник* пятниц* суббот* снегопад* ветер солнц*
ru: наводн* землетряс* здани* построи* площад* музее музея писател* певиц* актёр* актер* фильм* праздник* новост* интересн* исследов*
ru: научн* учён* учены* изобре* мальчик* девочк* девушк* парень животн* растени* еда хлеб* яблок* мэр* ушёл ушел ушла ушли пришёл пришел
ru: пришла пришли едет едут поехал* приехал* прибыл* прошёл прошел вышел зашёл нашёл нашел нашли потеря* угроз* предупре* счита* извест*
ru: последн* бывш* новый новая новое новые большой большая большие маленьк* молодой старый сильный сделал* говорит говорят отправ* продаёт
ru: продает падает растет растёт погибнет вынес* приговор* ночи вечер утра компьют* приложени* пользовател* смотрите следите подробности
ru: ранее позднее позже скоро ежедневно ежегодно биржа бирже биржи ерунда признаю отопл* госдум* иск истц* спасател* спасли спасен*
ru: обвинен* обвинил* обвиня* вернулся вернулась вернулись певец найден* найти четверг воскресень* строительств* построен* ранены ранение
ru: исчезл* известно
uk be: але або як хто бо
bg: е са със че към беше бяха който която което които днес също този тази тези това няма обаче според българия софия трябва бъде бъдат
bg: какво къде кога защо повече няколко лева хората години
mk: дека биде биле овој оваа кој која кои денес македонија скопје ќе
sr: је није нису који које ове овај ова ово али данас јуче србија београд ће биће због
be: што гэта гэты гэтая ёсць будзе каб калі таксама якія яго яны толькі пасля сёння беларус* мінск* вельмі дзе паведам*
uk bg sr mk: мене добре
ru bg: решени* полици* следств* назнач* помощ* избра* получ* оправда* пенси* опасн* границ* самолет* улиц* утро добав* побед* обществ*
ru bg: детск* образован* европей* германи* вторник* важн* пожарн* враг* увелич* решил* начал начали состо* строи* дожд* избир*
uk ru be: для
"""

LATIN = """
en: the and with from that this these those which who whom whose what when where why how there their they them his him she it its you your
en: our us my i'm isn't don't didn't won't can't doesn't wasn't it's he's she's i've we're they're you're that's what's are were been
en: being has have does did doing would should could might must shall cannot into onto about after before between against through during
en: without within because while until since although though however despite every each both either neither another other others some any
en: many much more less least few several enough than then too very quite just only yet already again always never often sometimes today
en: tomorrow yesterday tonight month year day night morning evening afternoon monday tuesday wednesday thursday friday saturday sunday
en: january february june july october december one two three five seven eight nine eleven twelve twenty thirty forty fifty hundred
en: thousand first second third next new old young good better worse big small little short high low early late right wrong true own same
en: different great hello goodbye bye welcome thanks thank please sorry yes congratulations cheers dear world people woman women child
en: children boy girl mother father brother sister wife husband daughter friend family house home town street road bridge building teacher
en: pupil university nurse health care council judge lawyer officer jail murder killed kill kills died dead death deaths injure injured
en: wounded hurt crashes fires blaze flood floods storms hits strike strikes attack attacks bombing shooting shot gunman soldier troops
en: weapon missiles peace talks ceasefire deals agree agrees agreed agreement sign signed treaty meet meets leader leaders government
en: parliament lawmaker election elections vote votes voter poll polls parties law laws bills rule rules ruling tax taxes spending cuts
en: rise rises rising falling drop drops price prices stock stocks share shares markets growth trade work works worker workers pay paid
en: wages money loan debt rates cost costs sell sells sold buy buys bought company companies owner chief quit quits resign resigns
en: resigned resignation fired sacked appoint appointed appoints wins won loses lost beats beaten defeat game games player players season
en: league goal goals scored say says said tell tells told ask asks asked calls called claim claims warns warned urges deny denies admit
en: admits reveal reveals reports reported show shows showed shown find finds found make makes made take takes took taken give gives gave
en: given get gets got goes went gone come comes came sees seen know knows knew known think thinks thought want wants need needs look
en: looks uses used try tries tried leave leaves keep keeps kept holds held brings brought begins began starts started stops stopped ends
en: ended opens opened close closes closed move moves moved turns turned runs running stood break breaks broke broken build builds built
en: sends spend spent speak speaks spoke spoken write writes wrote written hear heard feel felt grow grows grew growing away up off around
en: across along behind beyond toward towards here weather rain snow cold heat summer autumn sky lake river mountain earth bread meat milk
en: dog horse bird fish tree flower news newspaper story stories song movie writer artist singer king queen church faith power oil coal
en: scientist scientists studies research researchers space moon ship ships boat plane flight airport cars driver drivers truck black
en: white green brown free half whole easy strong weak heavy light dark rich poor sick ready sure able likely unlikely breaking thing
en: things something anything nothing everything someone anyone everyone nobody way ways life lives living time times hour hours answer
en: answers issues reason reasons results help helps helped hope hopes fear fears planned changed charged search arrests arrested release
en: released missing victim victims witness evidence guilty sentenced thief theft stolen robbery visits visited return returns returned
en: arrive arrives arrived travel travels wedding birth born let's british english scottish welsh irish american russian ukrainian french
en: polish chinese russia britain wales scotland poland spain kingdom united former
de: der das und ist nicht mit für auf ein eine einer eines einem den dem sich auch nach bei aus wird werden wurde sind haben hatte über
de: zum zur vom beim ich wir ihr sie aber oder wenn noch nur kein keine mehr als wie neue neuer neues jahr jahre gegen
fr: le les des une dans pour avec sur pas qui plus sont été cette ces aux elle nous vous leur après chez contre selon mais mes tes ses nos
fr: vos votre notre être
pl: się nie jest że dla przez oraz był była było przy już także został została przed tylko roku lat w z nad
es: el los las por para más pero está fue muy sus según hoy año años
it: gli della di nel alla dalla degli sono è anche più dopo questo
nl: het een van niet zijn voor naar ook door wordt werd maar deze dit heeft
pcm: dey wey una don sey abeg wetin im na
sv: och att det som är på till inte ett
en nl: of school water week best even last we
en fr: court village missile questions issue changes charges large
en es: mayor sea hospital doctor
en de: dies city boss rate
en nl sv: storm
en da: her
"""
