import { fieldsOf } from './entry-fields';

describe('the fields of an entry', () => {
  it('are found by their names, never by a value, and a missing one is empty', () => {
    const field = fieldsOf(['event', 'jobId', 'data', '', 'jobId', '7']);
    expect(['event', 'data', 'jobId', 'conversation'].map(field)).toEqual(['jobId', '', '7', '']);
  });
});
