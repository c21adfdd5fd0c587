/** The people and firms a mid-sized distributor deals with. All invented. */
export const vendors = [
  'Northwind Freight LLC', 'Calder & Finch LLP', 'Oakline Energy Partners', 'Blue Harbor Construction', 'Meridian Paper Ltd',
  'Pinecrest Packaging Co', 'Sablewood Furniture Works', 'Tanager Logistics Inc', 'Quillon Press', 'Ridgeway Steel Supply',
  'Lindqvist Tooling Inc', 'Harlow Industrial Gases', 'Copperfield Electric', 'Ashgrove Janitorial', 'Wexler Marine Services',
  'Granite State Pallets', 'Delmar Cold Storage', 'Orchard Lane Foods', 'Stonebridge Legal PC', 'Vantage Crane Rental',
  'Fairmont Uniforms', 'Kestrel Data Systems', 'Brightwater Chemicals', 'Ivory Coast Trading Co', 'Juniper Office Supply',
  'Thornbury Machine Shop', 'Crestline Fuels', 'Marlowe Sign & Print', 'Pacific Rim Customs Brokers', 'Elmhurst Security Group',
  'Tidewater Drayage', 'Bellamy Insurance Brokers', 'Foxglove Landscaping', 'Rookwood Software Inc', 'Salter Brothers Roofing',
  'Union Yard Rail Services', 'Westbourne Catering', 'Yarrow Medical Supply', 'Zephyr Air Cargo', 'Alder Creek Timber',
]

export const customers = [
  'Bramley Stores Inc', 'Castell Hardware', 'Dunmore Grocers Coop', 'Everly Hotels Group', 'Fenwick School District',
  'Goldfinch Apparel', 'Hollis & Daughters', 'Inverness Outdoor', 'Jasper County Utilities', 'Kirkland Home Centers',
  'Larkspur Garden Supply', 'Moorland Veterinary', 'Nightingale Clinics', 'Ostrander Brewing', 'Pemberton Books',
  'Quayside Restaurants', 'Rosedale Pharmacy', 'Silverton Motors', 'Tamarack Ski Resort', 'Upland Dairy',
  'Verity Museums Trust', 'Wildrose Nursery', 'Yellowpine Schools', 'Ackerman Tile', 'Beacon Hill Dental',
  'Corbin Athletics', 'Driftwood Resorts', 'Eastgate Cinemas', 'Foundry Gym Co', 'Grantham Paint',
]

export const directDebits = [
  ['Oakline Electric Utility', 'ELECTRIC'], ['Cascade Water District', 'WATER'], ['Harbour Insurance Mutual', 'INS PREM'],
  ['Telmark Communications', 'PHONE'], ['Lakeshore Natural Gas', 'GAS BILL'], ['IRS USATAXPYMT', 'EFTPS'],
  ['State Dept of Revenue', 'SALES TAX'], ['Fleetline Leasing', 'LEASE'], ['Copierland Financial', 'EQUIP LSE'],
  ['Summit Health Plans', 'GRP HEALTH'], ['Guardline Alarm', 'MONITORING'], ['Paydex Processing', 'MERCH FEES'],
  ['Skyhook Hosting', 'HOSTING'], ['Tollway Authority', 'TOLLS'], ['Workman Comp Fund', 'WC PREM'],
  ['Cityview Waste', 'WASTE SVC'], ['Bluestem 401K Trust', 'RETIREMENT'], ['Postage On Demand', 'POSTAGE'],
]

export const employees = [
  'Amara Okafor', 'Ben Whitlock', 'Carla Jimenez', 'Dmitri Volkov', 'Elise Fontaine', 'Farid Haddad', 'Grace Lindholm',
  'Hugo Castellanos', 'Ines Moreau', 'Jonah Pryce', 'Keiko Tanabe', 'Liam Gallagher', 'Maya Srinivasan', 'Noah Eberhart',
  'Olivia Brandt', 'Pavel Novak', 'Quinn Abernathy', 'Rosa Delgado', 'Samuel Achebe', 'Tess Van Dorn',
]

export const stores = ['Albany', 'Boise', 'Chico', 'Dayton', 'Eugene', 'Fresno', 'Galena', 'Helena']

/** Firms paid or paying across a border, with the currency of the instruction and the units of it one US dollar bought that day. */
export const foreignFirms = [
  ['Søren Østergaard A/S', 'DKK', 6.8803], ['Müller Präzision GmbH', 'EUR', 0.9215], ['Kyoto Ceramics KK', 'JPY', 151.42],
  ['Maison Delacroix SARL', 'EUR', 0.9208], ['Glenmorrow Tweeds Ltd', 'GBP', 0.7812], ['Zürich Instruments AG', 'CHF', 0.8764],
  ['Maple Ridge Lumber Inc', 'CAD', 1.3921], ['Sydney Harbour Wines Pty', 'AUD', 1.5217], ['Oslo Sjømat AS', 'NOK', 10.987],
]
