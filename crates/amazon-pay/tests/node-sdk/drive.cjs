// Drives the simulator through every operation with Amazon's own SDK. Called by tests/simulator/node_sdk.rs with the
// path of a JSON file that says where the simulator is and with which keys.
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const https = require('node:https');
const { WebStoreClient } = require('@amazonpay/amazon-pay-api-sdk-nodejs');

const task = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const SETTLEMENT = '_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA_';
const REFUND = '_GET_FLAT_FILE_OFFAMAZONPAYMENTS_REFUND_DATA_';
const SANDBOX = '_GET_FLAT_FILE_OFFAMAZONPAYMENTS_SANDBOX_SETTLEMENT_DATA_';

function client(key, more) {
  return new WebStoreClient({ ...key, region: 'eu', overrideServiceUrl: task.host, ...more });
}

const compact = (date) => date.toISOString().replace(/[-:]|\.\d+/g, '');
const daysFromNow = (days) => compact(new Date(Date.now() + days * 24 * 3600 * 1000));
let keys = 0;
const idempotent = () => ({ 'x-amz-pay-idempotency-key': `node-${process.pid}-${keys++}` });

// The SDK rejects with axios's error.
async function refused(call, status, reasonCode) {
  const error = await call.then(() => assert.fail(`${reasonCode} was expected`), (error) => error);
  assert.equal(error.response?.status, status, error.message);
  assert.equal(error.response.data.reasonCode, reasonCode);
  assert.ok(error.response.headers['x-amz-pay-request-id']);
}

function download(url) {
  return new Promise((resolve, reject) => {
    https.get(url, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, body: Buffer.concat(parts) }));
    }).on('error', reject);
  });
}

async function reports(api) {
  let page = (await api.getReports({ reportTypes: [SETTLEMENT], processingStatuses: ['COMPLETED'], pageSize: 20 })).data;
  const all = [...page.reports];
  while (page.nextToken) {
    page = (await api.getReports({ nextToken: page.nextToken })).data;
    all.push(...page.reports);
  }
  assert.ok(all.length > 20, `${all.length} reports`);
  assert.equal(new Set(all.map((report) => report.reportId)).size, all.length);
  assert.equal((await api.getReports()).data.reports.length, 10);
  assert.equal((await api.getReports({ nextToken: '' })).data.reports.length, 10);
  await refused(api.getReports({ nextToken: 'x', pageSize: 5 }), 400, 'InvalidParameterCombination');

  const one = await api.getReportById(all[0].reportId);
  assert.deepEqual(one.data, all[0]);
  const document = (await api.getReportDocument(all[0].reportDocumentId)).data;
  assert.equal(document.compressionAlgorithm, 'N/A');
  const file = await download(document.url);
  assert.equal(file.status, 200);
  assert.ok(file.body.toString().startsWith('\ufeff"Amazon Payments Advanced",\n"Settlement Report",\n'));
}

async function creations(api) {
  const order = { reportType: REFUND, startTime: daysFromNow(-20), endTime: daysFromNow(-1) };
  const created = await api.createReport(order, idempotent());
  assert.equal(created.status, 201);
  const again = idempotent();
  const first = (await api.createReport(JSON.stringify(order), again)).data;
  assert.deepEqual((await api.createReport(JSON.stringify(order), again)).data, first);
  await refused(api.createReport({ ...order, startTime: daysFromNow(-9) }, again), 400, 'DuplicateIdempotencyKey');
  await refused(api.createReport(order, {}), 400, 'MissingHeader');

  const schedule = { reportType: REFUND, scheduleFrequency: 'P7D', nextReportCreationTime: daysFromNow(1) };
  const scheduled = await api.createReportSchedule(schedule, idempotent());
  assert.equal(scheduled.status, 201);
  const id = scheduled.data.reportScheduleId;
  assert.equal((await api.getReportSchedules()).data.reportSchedules[0].reportScheduleId, id);
  assert.equal((await api.getReportSchedules([REFUND, SANDBOX])).data.reportSchedules.length, 1);
  assert.equal((await api.getReportScheduleById(id)).data.reportSchedules[0].scheduleFrequency, 'P7D');
  const cancelled = await api.cancelReportSchedule(id);
  assert.equal(cancelled.status, 200);
  assert.equal(cancelled.data, '');
}

async function money(api) {
  const query = { startTime: daysFromNow(-30), endTime: daysFromNow(0), pageSize: 5, nextToken: '' };
  const sent = await api.apiCall({ method: 'GET', urlFragment: 'disbursements', queryParams: query });
  assert.equal(sent.data.disbursements.length, 5);
  assert.match(sent.data.disbursements[0].amount, /^\d+\.\d\d$/);
  assert.ok(sent.data.nextToken);
  assert.equal((await api.getCharge(task.chargeId)).data.captureAmount.amount, '119.00');
  assert.equal((await api.getRefund(task.refundId)).data.refundAmount.amount, '19.00');
  const permission = (await api.getChargePermission(task.chargePermissionId, { 'x-extra': 'signed too' })).data;
  assert.equal(permission.merchantMetadata.merchantReferenceId, 'R-1');
  await refused(api.getCharge('P00-0000000-0000000-C000000'), 404, 'ResourceNotFound');
}

async function environments() {
  const sandbox = client(task.sandbox);
  const list = (await sandbox.getReports()).data.reports;
  assert.ok(list.every((report) => report.reportType === SANDBOX) && list.length > 0);
  const order = { reportType: SANDBOX, startTime: daysFromNow(-30), endTime: daysFromNow(0) };
  assert.equal((await sandbox.createReport(order, idempotent())).status, 201);

  assert.equal((await client(task.older, { sandbox: true }).getReports()).data.reports[0].reportType, SANDBOX);
  assert.ok((await client(task.older, { sandbox: false }).getReports()).data.reports.length > 1);
  const stolen = { publicKeyId: task.live.publicKeyId, privateKey: task.older.privateKey };
  await refused(client(stolen).getReports(), 401, 'InvalidRequestSignature');
  await refused(client({ ...task.live, publicKeyId: 'LIVE-UNKNOWN' }).getReports(), 401, 'UnauthorizedAccess');
}

async function main() {
  for (const algorithm of ['AMZN-PAY-RSASSA-PSS', 'AMZN-PAY-RSASSA-PSS-V2', undefined]) {
    const api = client(task.live, { algorithm });
    await reports(api);
    await creations(api);
    await money(api);
  }
  await environments();
  console.log('every operation answered as expected');
}

main().catch((error) => {
  console.error(error.response?.data ?? error);
  process.exitCode = 1;
});
